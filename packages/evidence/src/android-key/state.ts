import type { Certificate, TrustAnchor } from '@assay/x509';
import { type ChainMemory, FORGETFUL } from '../shared/chain-memory.ts';
import { Once } from '../shared/once.ts';
import type { AttestedPackage, KeyDescription } from './key-description/index.ts';
import type { ChainShape } from './shapes.ts';
import type { StatusList } from './status-list.ts';

/** An app that may have asked for the key. */
export interface ExpectedApp {
  readonly package: string;
  /** SHA-256 digests of its signing certificates, lower-case hex; left out, signers are not compared. */
  readonly digests?: readonly string[];
}

export interface KeyAttestationInput {
  /** DER certificates as the keystore gives them, leaf first. The root may be left out. */
  readonly chain: readonly Uint8Array[];
  /** The exact bytes that the app was to pass as attestation challenge. */
  readonly challenge: Uint8Array;
  /** The apps of which one must have asked for the key. Left out, the app is reported and not compared. */
  readonly apps?: readonly ExpectedApp[];
  /** SubjectPublicKeyInfo (DER) of the key that signed the request. Left out, the caller compares `proven.publicKey`. */
  readonly expectedKey?: Uint8Array;
}

export interface KeyAttestationContext {
  readonly trust: { readonly anchors: readonly TrustAnchor[] };
  /** Epoch milliseconds. */
  readonly at: number;
  /** Google's status list; left out, the fact `chain.revocation` says `not_checked`. */
  readonly statusList?: StatusList;
  /** Remembers verified issuers across calls. */
  readonly memory?: ChainMemory;
}

/** What the checks hand on to each other. */
export interface KeyAttestationState {
  readonly input: KeyAttestationInput;
  readonly context: KeyAttestationContext;
  readonly memory: ChainMemory;
  readonly certificates: Once<readonly Certificate[]>;
  readonly keyDescription: Once<KeyDescription>;
  readonly shape: Once<ChainShape>;
  /** The expected package that was found, when apps were expected. */
  readonly matchedApp: Once<AttestedPackage | undefined>;
  /** The anchors that the chain may end at, by the presented root's key or the last issuer's name. */
  readonly candidates: Once<readonly TrustAnchor[]>;
  /** The one whose key proved the chain. */
  readonly anchor: Once<TrustAnchor>;
}

export function createState(input: KeyAttestationInput, context: KeyAttestationContext): KeyAttestationState {
  const matchedApp = new Once<AttestedPackage | undefined>();
  if (input.apps === undefined) matchedApp.value = undefined;
  return {
    input,
    context,
    memory: context.memory ?? FORGETFUL,
    certificates: new Once(),
    keyDescription: new Once(),
    shape: new Once(),
    matchedApp,
    candidates: new Once(),
    anchor: new Once(),
  };
}
