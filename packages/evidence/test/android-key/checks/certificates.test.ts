import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat } from '@assay/formats';
import { certificates } from '../../../src/android-key/checks/certificates.ts';
import { verifyKeyAttestation } from '../../../src/android-key/index.ts';
import { testFaults } from '../../support/check-faults.ts';
import { mintKeyAttestation } from '../../support/mint-android.ts';

/** The chain with one certificate replaced. */
function withCertificate(at: number, change: (der: Uint8Array) => Uint8Array) {
  const { input, context } = mintKeyAttestation();
  const chain = input.chain.map((der, index) => (index === at ? change(der) : der));
  return verifyKeyAttestation({ ...input, chain }, context);
}

const code = 'android.certificate_malformed';

describe('certificates', () => {
  testFaults(certificates, [
    { name: 'no DER', code, run: () => withCertificate(0, () => Uint8Array.of(1, 2, 3)) },
    { name: 'a leaf cut short', code, run: () => withCertificate(0, (der) => der.subarray(0, -1)) },
    {
      name: 'a root with a byte behind it',
      code,
      run: () => withCertificate(3, (der) => concat(der, Uint8Array.of(0))),
    },
  ]);

  it('says which certificate it was', () => {
    const appraisal = withCertificate(2, () => new Uint8Array());
    assert.ok(appraisal.outcome === 'rejected');
    assert.equal(appraisal.error.family, 'request');
    assert.match(appraisal.error.detail.found ?? '', /^der\.\w+ in certificate 2$/);
  });
});
