import { type CheckStep, EvidenceError } from '@assay/core';
import { step } from '../clauses.ts';
import type { AssertionState } from '../state.ts';

const clause = step('5');

/**
 * Stops replay. Gaps are normal. The caller stores the new value by compare-and-swap in the transaction that admits the
 * request: two requests in flight must not both pass.
 */
export const counter: CheckStep<AssertionState> = {
  id: 'apple.assertion.counter',
  clause,
  proves: 'the counter is greater than the last accepted one',
  codes: ['apple.counter_replayed'],
  run(state) {
    const found = state.object.value.authenticatorData.counter;
    if (found > state.input.storedCounter) return undefined;
    throw new EvidenceError('apple.counter_replayed', 'the counter is not greater than the stored one', {
      clause,
      expected: `greater than ${state.input.storedCounter}`,
      found: String(found),
    });
  },
};
