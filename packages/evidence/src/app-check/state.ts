import type { KeyObject } from 'node:crypto';
import type { JsonValue } from '@assay/formats';
import type { DecodedJws } from '../shared/jws.ts';
import { Once } from '../shared/once.ts';
import type { AppCheckClaims } from './claims.ts';

export interface AppCheckInput {
  /** As `X-Firebase-AppCheck` carries it. */
  readonly token: string;
  /** Project number, digits. */
  readonly project: string;
  /** Firebase app ids that may appear, `1:NUMBER:PLATFORM:HEX`. */
  readonly apps: readonly string[];
}

export interface AppCheckContext {
  /** The JSON Web Key Set that Firebase publishes, decoded. */
  readonly keys: JsonValue;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What the checks read and fill, in the order of `APP_CHECK_CHECKS`. */
export interface AppCheckState {
  readonly input: AppCheckInput;
  readonly at: number;
  readonly keys: ReadonlyMap<string, KeyObject>;
  readonly token: Once<DecodedJws>;
  readonly claims: Once<AppCheckClaims>;
}

export function createState(input: AppCheckInput, at: number, keys: ReadonlyMap<string, KeyObject>): AppCheckState {
  return { input, at, keys, token: new Once(), claims: new Once() };
}
