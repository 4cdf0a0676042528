import { describe } from 'node:test';
import { signerPath } from '../../../../src/apple/receipt/checks/signer-path.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { DAY, NOW } from '../../../support/mint-apple.ts';
import { mintAuthority } from '../../../support/mint-certificate.ts';
import { receiving } from '../../../support/run-apple.ts';

const YEARS = { notBefore: NOW - 400 * DAY, notAfter: NOW + 400 * DAY };
const impostorRoot = mintAuthority({ name: 'Test Root', serial: 1n, issuer: undefined, ...YEARS });
const impostor = mintAuthority({ name: 'Test Integration CA', serial: 2n, issuer: impostorRoot, ...YEARS });

describe('receipt signer path', () => {
  testFaults(signerPath, [
    { name: 'no intermediate', code: 'x509.untrusted', run: receiving({ certificates: (leaf) => [leaf] }) },
    {
      name: 'a signer that had ended when the receipt was made',
      code: 'x509.expired',
      run: receiving({ signerNotAfter: NOW - DAY }),
    },
    {
      name: 'an issuer with the right name and a root of its own',
      code: 'x509.signature_invalid',
      run: receiving({
        signerIssuer: impostor,
        certificates: (leaf) => [leaf, impostor.certificate, impostorRoot.certificate],
      }),
    },
  ]);
});
