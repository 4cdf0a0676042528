import { type CheckStep, EvidenceError } from '@assay/core';
import { step } from '../clauses.ts';
import type { ReceiptState } from '../state.ts';

const clause = step('4');

/** Stops a genuine receipt of another app. */
export const appId: CheckStep<ReceiptState> = {
  id: 'apple.receipt.app_id',
  clause,
  proves: 'the receipt is for one of the expected App IDs',
  codes: ['apple.receipt_app_id_mismatch'],
  run(state) {
    const found = state.payload.value.appId;
    if (state.input.appIds.includes(found)) return found;
    throw new EvidenceError('apple.receipt_app_id_mismatch', 'the receipt is for another app', {
      clause,
      expected: state.input.appIds.join(' or '),
      found,
    });
  },
};
