import { describe } from 'node:test';
import { authenticatorData } from '../../../../src/apple/attestation/checks/authenticator-data.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { attesting } from '../../../support/run-apple.ts';

const code = 'apple.authenticator_data_malformed';

describe('attestation authenticator data', () => {
  testFaults(authenticatorData, [
    {
      name: 'shorter than its fixed part',
      code,
      run: attesting({ members: (members) => members.set('authData', new Uint8Array(54)) }),
    },
    {
      name: 'a credential longer than the data',
      code,
      run: attesting({ members: (members) => members.set('authData', new Uint8Array(55).fill(0xff)) }),
    },
    { name: 'a tail that is no map', code, run: attesting({ tail: Uint8Array.of(0x01) }) },
    { name: 'bytes after the map', code, run: attesting({ extensions: new Map(), tail: Uint8Array.of(0) }) },
  ]);
});
