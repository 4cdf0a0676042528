import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toBase64, toBase64url } from '@assay/formats';
import { nonce } from '../../../src/huawei/checks/nonce.ts';
import { testFaults } from '../../support/check-faults.ts';
import { NONCE } from '../../support/mint-huawei.ts';
import { harmony, stating } from '../../support/run-huawei.ts';

const code = 'huawei.nonce_mismatch';
const other = Uint8Array.from(NONCE).fill(1, 0, 1);

describe('nonce', () => {
  testFaults(nonce, [
    { name: 'another nonce', code, run: stating({ nonce: toBase64(other) }) },
    { name: 'a byte less', code, run: stating({ nonce: toBase64(NONCE.subarray(1)) }) },
    { name: 'none', code, run: stating({ nonce: undefined }) },
    { name: 'an empty one', code, run: stating({ nonce: '' }) },
    { name: 'one without its padding', code, run: stating({ nonce: toBase64url(NONCE) }) },
    { name: 'the text itself', code, run: stating({ nonce: Buffer.from(NONCE).toString('latin1') }) },
    { name: 'HarmonyOS with another nonce', code, run: harmony({ result: { nonce: toBase64(other) } }) },
  ]);

  it('shows lengths, never the bytes', () => {
    const appraisal = stating({ nonce: toBase64(other) })();
    assert.ok(appraisal.outcome === 'rejected');
    assert.deepEqual([appraisal.error.detail.expected, appraisal.error.detail.found], ['43 bytes', 'other bytes']);
  });
});
