import { describe } from 'node:test';
import { utf8 } from '@assay/formats';
import { environment } from '../../../../src/apple/attestation/checks/environment.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { attesting } from '../../../support/run-apple.ts';

const code = 'apple.aaguid_unknown';

describe('attestation environment', () => {
  testFaults(environment, [
    { name: 'the first nine bytes and others', code, run: attesting({ aaguid: utf8('appattestGARBAGE') }) },
    { name: 'zeros', code, run: attesting({ aaguid: new Uint8Array(16) }) },
  ]);
});
