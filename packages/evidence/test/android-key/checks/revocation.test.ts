import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANDROID_TOLERANCES, parseCertificate } from '@assay/x509';
import { revocation } from '../../../src/android-key/checks/revocation.ts';
import { parseStatusList, verifyKeyAttestation } from '../../../src/android-key/index.ts';
import { testFaults } from '../../support/check-faults.ts';
import { mintKeyAttestation } from '../../support/mint-android.ts';

const { input, context } = mintKeyAttestation();
const serials = input.chain.map((der) => parseCertificate(der, { tolerate: ANDROID_TOLERANCES }).serialHex);

function listing(serial: string | undefined, status = 'REVOKED', chain = input.chain) {
  assert.ok(serial);
  const statusList = parseStatusList(JSON.stringify({ entries: { [serial]: { status, reason: 'KEY_COMPROMISE' } } }));
  return verifyKeyAttestation({ ...input, chain }, { ...context, statusList });
}

const code = 'android.revoked';

describe('revocation', () => {
  testFaults(revocation, [
    ...serials.map((serial, index) => ({ name: `certificate ${index} revoked`, code, run: () => listing(serial) })),
    { name: 'the attester suspended', code, run: () => listing(serials[1], 'SUSPENDED') },
    {
      name: 'the root revoked and left out',
      code,
      run: () => listing(serials[3], 'REVOKED', input.chain.slice(0, -1)),
    },
  ]);

  it('reads keys as hex, also where they look decimal', () => {
    const decimal = BigInt(`0x${serials[1]}`).toString();
    assert.equal(listing(decimal).outcome, 'verified');
  });

  it('says whether a list was consulted', () => {
    const checked = listing('ffff');
    const unchecked = verifyKeyAttestation(input, context);
    assert.ok(checked.outcome === 'verified' && unchecked.outcome === 'verified');
    assert.deepEqual(checked.facts.chain.revocation, { known: 'proven', value: 'not_listed', by: 'android-key' });
    assert.deepEqual(unchecked.facts.chain.revocation, { known: 'proven', value: 'not_checked', by: 'android-key' });
  });
});
