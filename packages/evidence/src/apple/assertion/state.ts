import type { KeyObject } from 'node:crypto';
import { Once } from '../../shared/once.ts';
import type { AssertionAuthenticatorData } from '../authenticator-data.ts';
import type { LaunchInfo } from '../launch-info.ts';

export interface AssertionInput {
  /** The CBOR object of `generateAssertion(_:clientDataHash:)`. */
  readonly assertionObject: Uint8Array;
  /** Exactly what the app passed as `clientDataHash`. */
  readonly clientDataHash: Uint8Array;
  /** App IDs that may appear, `TEAMID.bundle.id`. */
  readonly appIds: readonly string[];
  /** The stored key: a KeyObject (fast, keep it for devices that ask often) or its uncompressed point. */
  readonly publicKey: KeyObject | Uint8Array;
  /** The last accepted counter of this key, 0 after attestation. */
  readonly storedCounter: number;
}

export interface AssertionObject {
  /** DER ECDSA-Sig-Value. */
  readonly signature: Uint8Array;
  /** The exact bytes, which the nonce covers. */
  readonly bytes: Uint8Array;
  readonly authenticatorData: AssertionAuthenticatorData;
}

/** What the checks read and fill, in the order of `ASSERTION_CHECKS`. */
export interface AssertionState {
  readonly input: AssertionInput;
  readonly key: KeyObject;
  readonly object: Once<AssertionObject>;
  readonly appId: Once<string>;
  readonly launch: Once<LaunchInfo>;
}

export function createState(input: AssertionInput, key: KeyObject): AssertionState {
  return { input, key, object: new Once(), appId: new Once(), launch: new Once() };
}
