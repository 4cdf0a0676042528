import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { certificates } from '../../../src/huawei/checks/certificates.ts';
import { testFaults } from '../../support/check-faults.ts';
import { SERVICES } from '../../support/mint-huawei.ts';
import { checking, harmony } from '../../support/run-huawei.ts';

const length = 'huawei.chain_length';
const { authority, root } = SERVICES.harmony;

describe('certificates', () => {
  testFaults(certificates, [
    { name: 'HarmonyOS with two', code: length, run: harmony({ above: [authority] }) },
    { name: 'HarmonyOS with four', code: length, run: harmony({ above: [authority, root, root] }) },
    { name: 'HMS with one', code: length, run: checking({ above: [] }) },
    { name: 'HMS with four', code: length, run: checking({ above: [authority, authority, authority] }) },
    {
      name: 'a leaf that is no certificate',
      code: 'huawei.certificate_malformed',
      run: checking({ x5c: ([, above = '']) => ['AAAA', above] }),
    },
    {
      name: 'an authority with a byte more',
      code: 'huawei.certificate_malformed',
      run: checking({
        x5c: ([leaf = '', above = '']) => [
          leaf,
          Buffer.concat([Buffer.from(above, 'base64'), Buffer.of(0)]).toString('base64'),
        ],
      }),
    },
  ]);

  it('takes the root of HMS along or not', () => {
    const { hms } = SERVICES;
    for (const above of [[hms.authority], [hms.authority, hms.root]]) {
      assert.equal(checking({ above })().outcome, 'verified');
    }
  });
});
