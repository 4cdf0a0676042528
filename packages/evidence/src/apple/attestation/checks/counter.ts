import { type CheckStep, EvidenceError } from '@assay/core';
import { step } from '../clauses.ts';
import type { AttestationState } from '../state.ts';

const clause = step('7');

/** A counter above zero would mean a key that has signed before it was registered. */
export const counter: CheckStep<AttestationState> = {
  id: 'apple.attestation.counter',
  clause,
  proves: 'the key has signed nothing yet',
  codes: ['apple.counter_not_zero'],
  run(state) {
    const found = state.authenticatorData.value.counter;
    if (found === 0) return undefined;
    throw new EvidenceError('apple.counter_not_zero', 'the counter of a fresh key is not zero', {
      clause,
      expected: '0',
      found: String(found),
    });
  },
};
