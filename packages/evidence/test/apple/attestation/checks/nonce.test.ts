import { describe } from 'node:test';
import { der, utf8 } from '@assay/formats';
import { nonce } from '../../../../src/apple/attestation/checks/nonce.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { nonceExtension, sha256 } from '../../../support/mint-apple.ts';
import { extension } from '../../../support/mint-certificate.ts';
import { attesting } from '../../../support/run-apple.ts';

const withValue = (value: Uint8Array) =>
  attesting({ nonceExtension: [extension('1.2.840.113635.100.8.2', false, value)] });
const digest = der.octets(sha256(utf8('any')));

describe('attestation nonce', () => {
  testFaults(nonce, [
    {
      name: 'another challenge',
      code: 'apple.nonce_mismatch',
      run: attesting({ clientDataHash: sha256(utf8('another challenge')) }),
    },
    {
      name: 'a nonce cut short',
      code: 'apple.nonce_mismatch',
      run: attesting({ nonceExtension: [nonceExtension(new Uint8Array(31))] }),
    },
    { name: 'no extension', code: 'apple.nonce_missing', run: attesting({ nonceExtension: [] }) },
    { name: 'another tag', code: 'apple.nonce_malformed', run: withValue(der.sequence(der.explicit(2, digest))) },
    {
      name: 'a second value',
      code: 'apple.nonce_malformed',
      run: withValue(der.sequence(der.explicit(1, digest, digest))),
    },
    {
      name: 'a second tag',
      code: 'apple.nonce_malformed',
      run: withValue(der.sequence(der.explicit(1, digest), der.explicit(1, digest))),
    },
    { name: 'no sequence', code: 'apple.nonce_malformed', run: withValue(der.explicit(1, digest)) },
    { name: 'text', code: 'apple.nonce_malformed', run: withValue(der.sequence(der.explicit(1, der.utf8('nonce')))) },
  ]);
});
