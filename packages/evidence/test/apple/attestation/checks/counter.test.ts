import { describe } from 'node:test';
import { counter } from '../../../../src/apple/attestation/checks/counter.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { attesting } from '../../../support/run-apple.ts';

const code = 'apple.counter_not_zero';

describe('attestation counter', () => {
  testFaults(counter, [
    { name: 'one', code, run: attesting({ counter: 1 }) },
    { name: 'the highest', code, run: attesting({ counter: 0xffffffff }) },
  ]);
});
