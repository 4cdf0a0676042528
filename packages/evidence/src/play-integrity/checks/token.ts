import type { CheckStep } from '@assay/core';
import { decoding } from '../../shared/decoding.ts';
import { CLAUSE } from '../clauses.ts';
import { parseJwe } from '../jwe.ts';
import { refused } from '../reasons.ts';
import type { PlayIntegrityState } from '../state.ts';

/** Stops tokens that were never encrypted, and headers that would have them read in another way. */
export const token: CheckStep<PlayIntegrityState> = {
  id: 'play-integrity.token',
  clause: CLAUSE.token,
  proves: 'the token is a compact JWE with A256KW and A256GCM, and nothing else in its header',
  codes: ['play.token_malformed', 'play.encryption_refused'],
  run({ input, jwe }) {
    const { token = '' } = input;
    const parsed = decoding('play.token_malformed', 'the token', CLAUSE.token, () => parseJwe(token));
    if (parsed.alg !== 'A256KW' || parsed.enc !== 'A256GCM') {
      throw refused('play.encryption_refused', { clause: CLAUSE.token, expected: 'alg A256KW, enc A256GCM' });
    }
    jwe.value = parsed;
    return undefined;
  },
};
