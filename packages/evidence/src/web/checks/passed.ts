import { type CheckStep, EvidenceError } from '@assay/core';
import { clause as section } from '../clauses.ts';
import type { WebState } from '../state.ts';

const clause = section('What the answer must say');

/** A provider also answers so to a captcha that was redeemed before: one answer serves one request. */
export const passed: CheckStep<WebState> = {
  id: 'web.captcha.passed',
  clause,
  proves: 'the provider says that the captcha was passed and not redeemed before',
  codes: ['web.captcha_failed'],
  run({ input }) {
    if (input.answer.passed) return input.provider;
    throw new EvidenceError('web.captcha_failed', 'the captcha was not passed', { clause });
  },
};
