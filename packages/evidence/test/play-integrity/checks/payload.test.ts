import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { payload } from '../../../src/play-integrity/checks/payload.ts';
import { testFaults } from '../../support/check-faults.ts';
import { VERDICT } from '../../support/mint-play.ts';
import { saying, verifying } from '../../support/run-play.ts';

const code = 'play.payload_malformed';
const TEXT = JSON.stringify(VERDICT);

describe('payload', () => {
  testFaults(payload, [
    { name: 'no JSON', code, run: verifying({ verdictText: '{' }) },
    { name: 'a list', code, run: verifying({ verdictText: '[]' }) },
    { name: 'null', code, run: verifying({ verdictText: 'null' }) },
    { name: 'text behind it', code, run: verifying({ verdictText: `${TEXT} x` }) },
    { name: 'a name twice', code, run: verifying({ verdictText: TEXT.replace('{', '{"accountDetails":{},') }) },
    { name: 'no UTF-8', code, run: verifying({ verdictText: TEXT.replace('com.example', '\u00ff') }) },
    { name: 'nested for its own sake', code, run: verifying({ verdictText: '{"a":'.repeat(20) }) },
    { name: 'a group that is text', code, run: verifying({ verdict: { ...VERDICT, deviceIntegrity: 'yes' } }) },
    {
      name: 'labels as one text',
      code,
      run: saying('deviceIntegrity', { deviceRecognitionVerdict: 'MEETS_STRONG_INTEGRITY' }),
    },
    { name: 'a label that is a number', code, run: saying('deviceIntegrity', { deviceRecognitionVerdict: [1] }) },
    { name: 'a package that is a list', code, run: saying('appIntegrity', { packageName: ['com.example.bank'] }) },
    { name: 'a time that is a fraction', code, run: saying('requestDetails', { timestampMillis: 0.5 }) },
    { name: 'a time that is negative', code, run: saying('requestDetails', { timestampMillis: '-1' }) },
    { name: 'a time that is null', code, run: saying('requestDetails', { timestampMillis: null }) },
    { name: 'a time with a space', code, run: saying('requestDetails', { timestampMillis: ' 1765000000000' }) },
    {
      name: 'labels without end',
      code,
      run: saying('deviceIntegrity', { deviceRecognitionVerdict: Array(17).fill('A') }),
    },
  ]);

  it('passes over what it does not know, and names it', () => {
    const news = { ...VERDICT, pcDetails: {}, '<b>': 1 };
    const groups = saying('deviceIntegrity', { deviceTrust: 1 })();
    const named = (appraisal: ReturnType<ReturnType<typeof verifying>>) =>
      appraisal.checks.find(({ check }) => check === payload.id)?.note;
    assert.equal(named(verifying({ verdict: news })()), 'members passed over: pcDetails');
    assert.equal(groups.outcome, 'verified');
    assert.equal(named(groups), 'members passed over: deviceIntegrity.deviceTrust');
  });

  it('takes members in any order', () => {
    const verdict = Object.fromEntries(Object.entries(VERDICT).reverse());
    assert.equal(verifying({ verdict })().outcome, 'verified');
  });
});
