import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toBase64 } from '@assay/formats';
import { app } from '../../../src/huawei/checks/app.ts';
import { testFaults } from '../../support/check-faults.ts';
import { APP_ID, PACKAGE, SIGNER } from '../../support/mint-huawei.ts';
import { checking, harmony, stating } from '../../support/run-huawei.ts';

const other = toBase64(new Uint8Array(32).fill(0xcd));
const ours = Buffer.from(SIGNER, 'hex').toString('base64');
const [packageCode, signer, appId] = ['huawei.package_mismatch', 'huawei.signer_mismatch', 'huawei.app_id_mismatch'];

describe('app', () => {
  testFaults(app, [
    { name: 'another package', code: packageCode, run: stating({ apkPackageName: 'com.example.fake' }) },
    { name: 'no package', code: packageCode, run: stating({ apkPackageName: undefined }) },
    {
      name: 'the member of the other service',
      code: packageCode,
      run: stating({ apkPackageName: undefined, hapBundleName: PACKAGE }),
    },
    {
      name: 'another bundle of HarmonyOS',
      code: packageCode,
      run: harmony({ result: { hapBundleName: 'com.example.fake' } }),
    },
    { name: 'another signer', code: signer, run: stating({ apkCertificateDigestSha256: [other] }) },
    { name: 'a signer too many', code: signer, run: stating({ apkCertificateDigestSha256: [ours, other] }) },
    { name: 'no signer', code: signer, run: stating({ apkCertificateDigestSha256: [] }) },
    { name: 'signers left out', code: signer, run: stating({ apkCertificateDigestSha256: undefined }) },
    { name: 'a signer that is no digest', code: signer, run: stating({ apkCertificateDigestSha256: ['AAAA'] }) },
    { name: 'another app id', code: appId, run: stating({ appId: '1' }) },
    { name: 'no app id', code: appId, run: stating({ appId: undefined }) },
  ]);

  it('reads a digest in every spelling of either side', () => {
    const colonless = SIGNER.toUpperCase();
    for (const spelling of [ours, SIGNER, colonless]) {
      assert.equal(stating({ apkCertificateDigestSha256: [spelling] })().outcome, 'verified', spelling);
      const apps = [{ package: PACKAGE, digests: [spelling] }];
      assert.equal(checking({}, { apps })().outcome, 'verified', spelling);
    }
  });

  it('compares neither signers nor app id that nobody named', () => {
    const apps = [{ package: PACKAGE }];
    const bare = { apkCertificateDigestSha256: undefined, appId: undefined };
    assert.equal(checking({ result: bare }, { apps })().outcome, 'verified');
    assert.equal(APP_ID.length, 9);
  });
});
