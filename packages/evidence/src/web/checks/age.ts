import { type CheckStep, EvidenceError } from '@assay/core';
import { clause as section } from '../clauses.ts';
import type { WebState } from '../state.ts';

/** As long as the challenge that the statement rests on; no provider's token lives longer. */
const MAX_AGE_MS = 300_000;
const SKEW_MS = 30_000;
const clause = section('What the answer must say');

/** Stops captchas that were solved in store. */
export const age: CheckStep<WebState> = {
  id: 'web.captcha.age',
  clause,
  proves: 'the captcha was solved just now',
  codes: ['web.stale'],
  run({ input, at }) {
    const { solvedAt } = input.answer;
    const found = solvedAt === undefined ? undefined : at - solvedAt;
    if (found !== undefined && found >= -SKEW_MS && found <= MAX_AGE_MS) return undefined;
    throw new EvidenceError('web.stale', 'the captcha was not solved just now', {
      clause,
      expected: `at most ${MAX_AGE_MS} ms ago, at most ${SKEW_MS} ms ahead`,
      found: found === undefined ? 'no time' : `${found} ms ago`,
    });
  },
};
