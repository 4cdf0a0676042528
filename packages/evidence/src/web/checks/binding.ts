import { type CheckStep, EvidenceError } from '@assay/core';
import { clause as section } from '../clauses.ts';
import { CAPTCHA_PROVIDERS } from '../providers.ts';
import type { WebState } from '../state.ts';

const clause = section('What the answer must say');

/**
 * Stops a captcha that was solved for somebody else's statement, where the provider carries the binding. Where it cannot,
 * nothing is compared and the note says so: a text in its place would be the page's word alone.
 */
export const binding: CheckStep<WebState> = {
  id: 'web.captcha.binding',
  clause,
  proves: 'the captcha was solved for this statement, where the provider can say so',
  codes: ['web.binding_mismatch'],
  run({ input }) {
    const { carriesBinding, title } = CAPTCHA_PROVIDERS[input.provider];
    if (!carriesBinding) return `${title} carries no binding`;
    if (input.answer.bound === input.binding) return undefined;
    throw new EvidenceError('web.binding_mismatch', 'the captcha was solved for another statement', { clause });
  },
};
