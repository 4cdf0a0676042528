import { describe } from 'node:test';
import { certificatePath } from '../../../../src/apple/attestation/checks/certificate-path.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { DAY, NOW } from '../../../support/mint-apple.ts';
import { AUTHORITY_EXTENSIONS, extension, LEAF_EXTENSIONS, mintAuthority } from '../../../support/mint-certificate.ts';
import { attesting } from '../../../support/run-apple.ts';

const YEARS = { notBefore: NOW - 400 * DAY, notAfter: NOW + 400 * DAY };
const impostorRoot = mintAuthority({ name: 'Test App Attestation Root', serial: 1n, issuer: undefined, ...YEARS });
const impostor = mintAuthority({ name: 'Test App Attestation CA 1', serial: 2n, issuer: impostorRoot, ...YEARS });
const stranger = mintAuthority({ name: 'Stranger', serial: 2n, issuer: undefined, ...YEARS });

describe('attestation certificate path', () => {
  testFaults(certificatePath, [
    {
      name: 'an authority as the leaf',
      code: 'apple.leaf_is_authority',
      run: attesting({ leafExtensions: AUTHORITY_EXTENSIONS }),
    },
    {
      name: 'leaf and issuer in the wrong order',
      code: 'apple.leaf_is_authority',
      run: attesting({ chain: (leaf, issuer) => [issuer, leaf] }),
    },
    { name: 'an issuer with the right name', code: 'x509.signature_invalid', run: attesting({ leafIssuer: impostor }) },
    { name: 'an issuer of its own', code: 'x509.untrusted', run: attesting({ leafIssuer: stranger }) },
    { name: 'a leaf that ended', code: 'x509.expired', run: attesting({}, NOW + 3 * DAY) },
    { name: 'a leaf of tomorrow', code: 'x509.not_yet_valid', run: attesting({}, NOW - 2 * DAY) },
    {
      name: 'an unknown critical extension',
      code: 'x509.critical_extension_unknown',
      run: attesting({ leafExtensions: [...LEAF_EXTENSIONS, extension('1.2.3.4', true, Uint8Array.of(5, 0))] }),
    },
  ]);
});
