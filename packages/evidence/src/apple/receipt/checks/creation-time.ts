import { type CheckStep, EvidenceError } from '@assay/core';
import { step } from '../clauses.ts';
import type { ReceiptState } from '../state.ts';

const clause = step('5');

/** Stops an old receipt that is handed in as a new one, with its old risk metric. */
export const creationTime: CheckStep<ReceiptState> = {
  id: 'apple.receipt.creation_time',
  clause,
  proves: 'the receipt was made just now, where the caller says that it must be',
  codes: ['apple.receipt_stale', 'apple.receipt_from_future'],
  run(state) {
    const max = state.input.maxCreationAgeMs;
    if (max === 'any') return 'out of storage: age not judged';
    const age = state.context.at - state.payload.value.creationTime;
    if (Math.abs(age) <= max) return undefined;
    const [code, message] =
      age > 0
        ? (['apple.receipt_stale', 'the receipt is too old to be a new one'] as const)
        : (['apple.receipt_from_future', 'the receipt was made after the time of this verification'] as const);
    throw new EvidenceError(code, message, { clause, expected: `within ${max} ms`, found: `${age} ms` });
  },
};
