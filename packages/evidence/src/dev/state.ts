import type { EcJwk } from '@assay/formats/shape';
import type { DecodedJws } from '../shared/jws.ts';
import { Once } from '../shared/once.ts';
import type { DevClaims } from './token.ts';

export interface DevInput {
  /** Compact JWS by the key of the grant. */
  readonly token: string;
  readonly grant: {
    readonly id: string;
    readonly jwk: EcJwk;
    /** Epoch milliseconds. */
    readonly expiresAt: number;
  };
  /** The text that the token must be made for. */
  readonly binding: string;
}

export interface DevContext {
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What the checks read and fill, in the order of `DEV_CHECKS`. */
export interface DevState {
  readonly input: DevInput;
  readonly at: number;
  readonly token: Once<DecodedJws>;
  readonly claims: Once<DevClaims>;
}

export function createState(input: DevInput, { at }: DevContext): DevState {
  return { input, at, token: new Once(), claims: new Once() };
}
