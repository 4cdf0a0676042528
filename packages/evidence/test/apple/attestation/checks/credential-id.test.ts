import { describe } from 'node:test';
import { credentialId } from '../../../../src/apple/attestation/checks/credential-id.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { device, keyIdOf } from '../../../support/mint-apple.ts';
import { generateKeys } from '../../../support/mint-certificate.ts';
import { attesting } from '../../../support/run-apple.ts';

const code = 'apple.credential_id_mismatch';

describe('attestation credential id', () => {
  testFaults(credentialId, [
    { name: "another key's", code, run: attesting({ credentialId: keyIdOf(generateKeys()) }) },
    { name: 'cut short', code, run: attesting({ credentialId: keyIdOf(device).subarray(0, 31) }) },
    { name: 'empty', code, run: attesting({ credentialId: new Uint8Array() }) },
  ]);
});
