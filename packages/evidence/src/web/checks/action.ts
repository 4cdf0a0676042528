import { type CheckStep, EvidenceError } from '@assay/core';
import { clause as section } from '../clauses.ts';
import type { WebState } from '../state.ts';

const clause = section('What the answer must say');

/** Stops a captcha of the site's newsletter form, say. Runs where an action is registered. */
export const action: CheckStep<WebState> = {
  id: 'web.captcha.action',
  clause,
  proves: 'the captcha was solved for the registered action',
  codes: ['web.action_mismatch'],
  run({ input }) {
    if (input.answer.action === input.action) return undefined;
    throw new EvidenceError('web.action_mismatch', 'the captcha was solved for another action', {
      clause,
      expected: input.action,
      found: input.answer.action ?? 'no action',
    });
  },
};
