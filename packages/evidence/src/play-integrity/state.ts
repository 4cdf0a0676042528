import type { JsonValue } from '@assay/formats';
import { Once } from '../shared/once.ts';
import type { CompactJwe } from './jwe.ts';
import { type ImportedPlayKeys, importPlayKeys, type PlayIntegrityKeys } from './keys.ts';
import type { PlayPayload } from './payload.ts';
import { misconfigured } from './reasons.ts';

/** What the request bound the token to. */
export type PlayBinding =
  /** Standard request: the very text that the app passed. */
  | { readonly kind: 'standard'; readonly requestHash: string }
  /** Classic request: the bytes that the app passed the base64url text of. */
  | { readonly kind: 'classic'; readonly nonce: Uint8Array };

/** An app that may have requested the token. */
export interface ExpectedPlayApp {
  readonly package: string;
  /** SHA-256 digests of its signing certificates, lower-case hex; left out, signers are not compared. */
  readonly digests?: readonly string[];
}

/** The token, to be opened with the keys of the context; or `tokenPayloadExternal`, as Google's endpoint decoded it. */
export type PlaySource =
  | { readonly token: string; readonly payload?: never }
  | { readonly payload: JsonValue; readonly token?: never };

export type PlayIntegrityInput = PlaySource & {
  readonly binding: PlayBinding;
  readonly apps: readonly ExpectedPlayApp[];
};

export interface PlayIntegrityContext {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Needed for a token. */
  readonly keys?: PlayIntegrityKeys | undefined;
  /** Milliseconds that a token may be old, 5 minutes by default. */
  readonly maxAgeMs?: number;
}

/** What the checks hand on to each other. */
export interface PlayIntegrityState {
  readonly input: PlayIntegrityInput;
  readonly at: number;
  readonly maxAgeMs: number;
  readonly keys: Once<ImportedPlayKeys>;
  readonly jwe: Once<CompactJwe>;
  /** The compact JWS that the token encrypts. */
  readonly jws: Once<string>;
  /** Payload of the JWS, or what Google's endpoint answered. */
  readonly decoded: Once<Uint8Array | JsonValue>;
  readonly payload: Once<PlayPayload>;
  readonly app: Once<ExpectedPlayApp>;
}

const DEFAULT_MAX_AGE_MS = 300_000;

/** @throws ConfigError `play.keys_missing`, `play.keys_malformed` */
export function createState(input: PlayIntegrityInput, context: PlayIntegrityContext): PlayIntegrityState {
  const { at, keys, maxAgeMs = DEFAULT_MAX_AGE_MS } = context;
  const state: PlayIntegrityState = {
    ...{ input, at, maxAgeMs },
    ...{
      keys: new Once(),
      jwe: new Once(),
      jws: new Once(),
      decoded: new Once(),
      payload: new Once(),
      app: new Once(),
    },
  };
  if (input.token === undefined) state.decoded.value = input.payload;
  else if (keys === undefined) throw misconfigured('play.keys_missing');
  else state.keys.value = importPlayKeys(keys);
  return state;
}
