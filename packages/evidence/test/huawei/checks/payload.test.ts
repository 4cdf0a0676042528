import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { payload } from '../../../src/huawei/checks/payload.ts';
import { testFaults } from '../../support/check-faults.ts';
import { checking, harmony, stating } from '../../support/run-huawei.ts';

const code = 'huawei.payload_malformed';

describe('payload', () => {
  testFaults(payload, [
    { name: 'no JSON', code, run: checking({ resultText: '{' }) },
    { name: 'a list', code, run: checking({ resultText: '[]' }) },
    { name: 'a name twice', code, run: checking({ resultText: '{"basicIntegrity":false,"basicIntegrity":true}' }) },
    { name: 'no UTF-8', code, run: checking({ resultText: '{"nonce":"\u00ff"}' }) },
    { name: 'integrity as text', code, run: stating({ basicIntegrity: 'true' }) },
    { name: 'integrity as a number', code, run: stating({ basicIntegrity: 1 }) },
    { name: 'a package that is a list', code, run: stating({ apkPackageName: [] }) },
    { name: 'a finding that is a number', code, run: stating({ detail: [1] }) },
    { name: 'findings without end', code, run: stating({ detail: Array(17).fill('root') }) },
    { name: 'HarmonyOS with a time that is a date', code, run: harmony({ result: { timestamp: '2026-11-21' } }) },
  ]);

  it('passes over what it does not know, and names it', () => {
    const appraisal = stating({ riskLevel: 3 })();
    assert.equal(appraisal.outcome, 'verified');
    const note = appraisal.checks.find(({ check }) => check === payload.id)?.note;
    assert.equal(note, 'members passed over: riskLevel');
  });

  it('takes a finding that is not in a list', () => {
    const appraisal = stating({ basicIntegrity: false, detail: 'root' })();
    assert.ok(appraisal.outcome === 'verified');
    assert.deepEqual(appraisal.proven.detail, ['root']);
  });
});
