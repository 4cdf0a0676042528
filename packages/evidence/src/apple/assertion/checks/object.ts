import type { CheckStep } from '@assay/core';
import { decoding } from '../../../shared/decoding.ts';
import { parseAssertionObject } from '../object.ts';
import type { AssertionState } from '../state.ts';

const clause = "beyond Apple's steps: one bounded CBOR item with nothing after it";

/** Stops oversized, ambiguous or trailing input before anything is computed over it. */
export const object: CheckStep<AssertionState> = {
  id: 'apple.assertion.object',
  clause,
  proves: 'the object is one CBOR map with a signature and authenticator data of a known layout',
  codes: ['apple.assertion_malformed'],
  run(state) {
    state.object.value = decoding('apple.assertion_malformed', 'the assertion object', clause, () =>
      parseAssertionObject(state.input.assertionObject),
    );
    return undefined;
  },
};
