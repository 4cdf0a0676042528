import { describe } from 'node:test';
import { object } from '../../../../src/apple/assertion/checks/object.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { asserting } from '../../../support/run-apple.ts';

const code = 'apple.assertion_malformed';

describe('assertion object', () => {
  testFaults(object, [
    { name: 'bytes after the object', code, run: asserting({ objectTail: Uint8Array.of(0) }) },
    { name: 'a list', code, run: asserting({ members: () => [] }) },
    { name: 'no signature', code, run: asserting({ members: (members) => members.set('signature', null) }) },
    { name: 'no data', code, run: asserting({ members: (members) => members.set('authenticatorData', null) }) },
    {
      name: 'data shorter than their fixed part',
      code,
      run: asserting({ members: (members) => members.set('authenticatorData', new Uint8Array(36)) }),
    },
    { name: 'a tail that is no map', code, run: asserting({ tail: Uint8Array.of(0x01) }) },
    { name: 'larger than any genuine object', code, run: asserting({ objectTail: new Uint8Array(1024) }) },
  ]);
});
