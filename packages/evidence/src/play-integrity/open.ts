import { type CheckStep, runChecks } from '@assay/core';
import { type JsonValue, parseStrictJson } from '@assay/formats';
import { decryption } from './checks/decryption.ts';
import { payload } from './checks/payload.ts';
import { signature } from './checks/signature.ts';
import { token } from './checks/token.ts';
import type { PlayIntegrityKeys } from './keys.ts';
import { createState, type PlayIntegrityState } from './state.ts';

/** The three checks that open a token; what Google's endpoint decoded has been opened there. */
export const OPENING: readonly CheckStep<PlayIntegrityState>[] = [token, decryption, signature];

/**
 * The verdict inside a token, decrypted and its signature proven: who may rely on it, and for which request, is not judged.
 *
 * @throws EvidenceError, RequestError with the codes of those checks; ConfigError `play.keys_malformed`
 */
export function openPlayToken(sealed: string, keys: PlayIntegrityKeys): JsonValue {
  const nothing = { binding: { kind: 'standard', requestHash: '' }, apps: [] } as const;
  const state = createState({ token: sealed, ...nothing }, { at: 0, keys });
  const run = runChecks([...OPENING, payload], state);
  if (run.outcome === 'rejected') throw run.error;
  const { value } = state.decoded;
  return value instanceof Uint8Array ? parseStrictJson(value) : value;
}
