import type { Certificate, TrustAnchor } from '@assay/x509';
import { type ChainMemory, FORGETFUL } from '../shared/chain-memory.ts';
import { Once } from '../shared/once.ts';
import { FLAVOURS, type Flavour, type FlavourRow, type SysIntegrityPayload } from './flavours.ts';
import type { SysIntegrityJws } from './jws.ts';
import { anchorsOf } from './trust.ts';

/** An app that may have asked for the result. */
export interface ExpectedHuaweiApp {
  /** Package name, or bundle name of HarmonyOS. */
  readonly package: string;
  /** SHA-256 digests of its signing certificates, hex or base64; left out, signers are not compared. */
  readonly digests?: readonly string[];
  /** App id of AppGallery Connect; left out, it is not compared. */
  readonly appId?: string;
}

export interface SysIntegrityInput {
  readonly jws: string;
  readonly flavour: Flavour;
  /** The exact bytes that the result must be for. */
  readonly nonce: Uint8Array;
  readonly apps: readonly ExpectedHuaweiApp[];
}

export interface SysIntegrityContext {
  /** Anchors of both services; those of the flavour's `kind` count. */
  readonly trust: { readonly anchors: readonly TrustAnchor[] };
  /** Epoch milliseconds. */
  readonly at: number;
  /** Milliseconds that a result may be old, 5 minutes by default. */
  readonly maxAgeMs?: number;
  /** Remembers verified issuers across calls. */
  readonly memory?: ChainMemory;
}

/** What the checks hand on to each other. */
export interface SysIntegrityState {
  readonly input: SysIntegrityInput;
  readonly row: FlavourRow;
  readonly anchors: readonly TrustAnchor[];
  readonly at: number;
  readonly maxAgeMs: number;
  readonly memory: ChainMemory;
  readonly jws: Once<SysIntegrityJws>;
  readonly certificates: Once<readonly [Certificate, ...Certificate[]]>;
  readonly payload: Once<SysIntegrityPayload>;
  readonly app: Once<ExpectedHuaweiApp>;
  readonly anchor: Once<TrustAnchor>;
}

const DEFAULT_MAX_AGE_MS = 300_000;

/** @throws ConfigError `x509.anchors_empty` */
export function createState(input: SysIntegrityInput, context: SysIntegrityContext): SysIntegrityState {
  return {
    input,
    row: FLAVOURS[input.flavour],
    anchors: anchorsOf(context.trust.anchors, input.flavour),
    at: context.at,
    maxAgeMs: context.maxAgeMs ?? DEFAULT_MAX_AGE_MS,
    memory: context.memory ?? FORGETFUL,
    jws: new Once(),
    certificates: new Once(),
    payload: new Once(),
    app: new Once(),
    anchor: new Once(),
  };
}
