import type { AttestEnvironment } from '@assay/core';
import type { Certificate, ValidatedPath } from '@assay/x509';
import { type ChainMemory, FORGETFUL } from '../../shared/chain-memory.ts';
import { Once } from '../../shared/once.ts';
import type { AttestationAuthenticatorData } from '../authenticator-data.ts';
import type { LaunchInfo } from '../launch-info.ts';
import type { AppleTrust } from '../trust.ts';
import type { AttestationObject } from './object.ts';

export interface AttestationInput {
  /** The CBOR object of `attestKey(_:clientDataHash:)`. */
  readonly attestationObject: Uint8Array;
  /** The key identifier that the app was given, decoded: 32 bytes. */
  readonly keyId: Uint8Array;
  /** Exactly what the app passed as `clientDataHash`; hashing the challenge is the caller's matter. */
  readonly clientDataHash: Uint8Array;
  /** App IDs that may appear, `TEAMID.bundle.id`. */
  readonly appIds: readonly string[];
}

export interface AttestationContext {
  readonly trust: Pick<AppleTrust, 'attestation'>;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Keeps Apple's intermediates, which halves the work of every later call. */
  readonly memory?: ChainMemory;
}

/** What the checks read and fill, in the order of `ATTESTATION_CHECKS`. */
export interface AttestationState {
  readonly input: AttestationInput;
  readonly context: AttestationContext;
  readonly memory: ChainMemory;
  readonly object: Once<AttestationObject>;
  readonly certificates: Once<{ readonly leaf: Certificate; readonly intermediate: Certificate }>;
  readonly authenticatorData: Once<AttestationAuthenticatorData>;
  readonly path: Once<ValidatedPath>;
  /** The certified key as an uncompressed point. */
  readonly point: Once<Uint8Array>;
  readonly appId: Once<string>;
  readonly environment: Once<AttestEnvironment>;
  readonly launch: Once<LaunchInfo>;
}

export function createState(input: AttestationInput, context: AttestationContext): AttestationState {
  return {
    input,
    context,
    memory: context.memory ?? FORGETFUL,
    object: new Once(),
    certificates: new Once(),
    authenticatorData: new Once(),
    path: new Once(),
    point: new Once(),
    appId: new Once(),
    environment: new Once(),
    launch: new Once(),
  };
}
