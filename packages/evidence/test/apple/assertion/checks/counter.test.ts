import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { counter } from '../../../../src/apple/assertion/checks/counter.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { asserting } from '../../../support/run-apple.ts';

const code = 'apple.counter_replayed';

describe('assertion counter', () => {
  testFaults(counter, [
    { name: 'the same', code, run: asserting({ counter: 5 }) },
    { name: 'a lower one', code, run: asserting({ counter: 4 }) },
    { name: 'zero on a fresh key', code, run: asserting({ counter: 0 }, { storedCounter: 0 }) },
    { name: 'the end of the range', code, run: asserting({ counter: 0xffffffff }, { storedCounter: 0xffffffff }) },
    { name: 'below in the upper half', code, run: asserting({ counter: 0x80000000 }, { storedCounter: 0x80000001 }) },
  ]);

  it('is unsigned, and may leave gaps', () => {
    assert.equal(asserting({ counter: 0x80000001 }, { storedCounter: 0x7fffffff })().outcome, 'verified');
    assert.equal(asserting({ counter: 0xffffffff }, { storedCounter: 0 })().outcome, 'verified');
  });
});
