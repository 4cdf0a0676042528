import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { appIdentity } from '../../../src/android-key/checks/app-identity.ts';
import { verifyKeyAttestation } from '../../../src/android-key/index.ts';
import { testFaults } from '../../support/check-faults.ts';
import {
  type Authorization,
  applicationId,
  changed,
  HARDWARE,
  mintKeyAttestation,
  PACKAGE,
  SIGNER,
  SOFTWARE,
} from '../../support/mint-android.ts';

const OTHER = 'cd'.repeat(32);
const none = changed(SOFTWARE, [709, undefined]);

function naming(software: readonly Authorization[], hardware = HARDWARE) {
  const { input, context } = mintKeyAttestation({ software, hardware });
  return verifyKeyAttestation(input, context);
}

const app = (packages: readonly string[], signers: readonly string[]): readonly Authorization[] =>
  changed(SOFTWARE, applicationId(packages, signers));

describe('app identity', () => {
  testFaults(appIdentity, [
    { name: 'no application id', code: 'android.app_id_missing', run: () => naming(none) },
    {
      name: 'an application id in the hardware list alone',
      code: 'android.app_id_missing',
      run: () => naming(none, changed(HARDWARE, applicationId([PACKAGE], [SIGNER]))),
    },
    {
      name: 'another package by the same signer',
      code: 'android.package_mismatch',
      run: () => naming(app(['com.example.fake'], [SIGNER])),
    },
    {
      name: 'a longer package name',
      code: 'android.package_mismatch',
      run: () => naming(app([`${PACKAGE}.fake`], [SIGNER])),
    },
    { name: 'no package', code: 'android.package_mismatch', run: () => naming(app([], [SIGNER])) },
    { name: 'another signer', code: 'android.signer_mismatch', run: () => naming(app([PACKAGE], [OTHER])) },
    { name: 'a signer too many', code: 'android.signer_mismatch', run: () => naming(app([PACKAGE], [SIGNER, OTHER])) },
    {
      name: 'the keystore without a package manager',
      code: 'android.os_transient_unknown_package',
      run: () => naming(app(['UnknownPackage'], [])),
    },
    {
      name: 'a package without signers',
      code: 'android.os_transient_unknown_package',
      run: () => naming(app([PACKAGE], [])),
    },
  ]);

  it('takes an expected package among several of one user id', () => {
    const appraisal = naming(app(['com.example.sister', PACKAGE], [SIGNER]));
    assert.ok(appraisal.outcome === 'verified');
    assert.deepEqual(appraisal.facts.app.id, { known: 'proven', value: PACKAGE, by: 'android-key' });
  });

  it('does not mix the package of one expected app with the signer of another', () => {
    const { input, context } = mintKeyAttestation({ software: app([PACKAGE], [OTHER]) });
    const apps = [
      { package: PACKAGE, digests: [SIGNER] },
      { package: 'com.example.other', digests: [OTHER] },
    ];
    assert.equal(verifyKeyAttestation({ ...input, apps }, context).outcome, 'rejected');
  });
});
