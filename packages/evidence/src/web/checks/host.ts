import { type CheckStep, EvidenceError } from '@assay/core';
import { clause as section } from '../clauses.ts';
import type { WebState } from '../state.ts';

const clause = section('What the answer must say');

/** A site key is public: stops captchas that visitors of another site are made to solve. Names are compared whole. */
export const host: CheckStep<WebState> = {
  id: 'web.captcha.host',
  clause,
  proves: 'the captcha was solved on a page of a registered host',
  codes: ['web.host_mismatch'],
  run({ input }) {
    const found = input.answer.hostname?.toLowerCase();
    if (found !== undefined && input.hosts.includes(found)) return found;
    throw new EvidenceError('web.host_mismatch', 'the captcha was solved elsewhere', {
      clause,
      expected: input.hosts.join(' or '),
      found: found ?? 'no host',
    });
  },
};
