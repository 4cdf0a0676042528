import { describe } from 'node:test';
import { binding } from '../../../src/dev/checks/binding.ts';
import { testFaults } from '../../support/check-faults.ts';
import { BINDING, granting } from '../../support/mint-dev.ts';

const code = 'dev.binding_mismatch';

describe('binding of `dev` evidence', () => {
  testFaults(binding, [
    { name: 'another statement', code, run: granting({}, { binding: `${BINDING.slice(1)}E` }) },
    { name: 'the beginning of it', code, run: granting({}, { binding: BINDING.slice(1) }) },
  ]);
});
