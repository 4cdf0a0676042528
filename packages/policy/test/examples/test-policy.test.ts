import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { STRICT_DEVELOPMENT_POLICY, STRICT_POLICY, testPolicy } from '@assay/policy';
import { policyOf } from '../support.ts';

const example = (expect: object, rest: object = {}) => ({ name: 'it', device: 'android-tee', expect, ...rest });
const BANS = [{ id: 'opened', when: '!device.locked', target: 'lineage', for: '1d', reason: 'test' }];

function result(expect: object, rest: object = {}, document: object = {}) {
  const policy = policyOf([{ require: 'device.locked', code: 'policy.bootloader_unlocked' }], {
    annotations: [{ name: 'model', value: 'device.model' }],
    bans: BANS,
    examples: [example(expect, rest)],
    ...document,
  });
  const [first] = testPolicy(policy);
  assert.ok(first !== undefined);
  return first;
}

describe('the examples of a document', () => {
  it('pass in the strict policies', () => {
    for (const policy of [STRICT_POLICY, STRICT_DEVELOPMENT_POLICY]) {
      assert.deepEqual(
        testPolicy(policy).filter(({ passed }) => !passed),
        [],
      );
    }
  });

  it('say what came otherwise, and why', () => {
    const { passed, mismatches, verdict } = result(
      { tier: 'affirming', assurance: 'low' },
      { with: { 'device.locked': false } },
    );
    assert.equal(passed, false);
    assert.deepEqual(mismatches, [
      { what: 'tier', expected: 'affirming', found: 'contraindicated' },
      { what: 'assurance', expected: 'low', found: 'none' },
    ]);
    assert.equal(verdict.trace[0]?.outcome, 'failed');
  });

  it('compare reasons, annotations and bans in any order, and only where some are expected', () => {
    const opened = { with: { 'device.locked': false } };
    assert.ok(result({ tier: 'contraindicated' }, opened).passed);
    assert.ok(
      result({ tier: 'contraindicated', reasons: ['policy.bootloader_unlocked'], bans: ['opened'] }, opened).passed,
    );
    assert.ok(result({ tier: 'affirming', annotations: { model: 'Pixel 8a' }, reasons: [], bans: [] }).passed);
    assert.equal(result({ tier: 'contraindicated', reasons: [] }, opened).passed, false);
    assert.equal(result({ tier: 'contraindicated', bans: [] }, opened).passed, false);
    assert.equal(result({ tier: 'affirming', annotations: { model: 'Pixel 9' } }).passed, false);
  });

  it('have a time', () => {
    const rules = {
      rules: [
        {
          id: 'a',
          require: 'daysSince(device.osPatch, now) < 60',
          otherwise: { tier: 'none', code: 'policy.os_too_old' },
          why: 'x',
        },
      ],
    };
    assert.ok(result({ tier: 'affirming' }, {}, rules).passed);
    assert.ok(result({ tier: 'none' }, { at: '2026-12-15' }, rules).passed);
  });

  it('show an outage', () => {
    const degraded = { degraded: ['play_unavailable'] };
    assert.ok(result({ tier: 'none', reasons: ['policy.outage_denied'] }, degraded).passed);
    assert.ok(result({ tier: 'affirming', assurance: 'low' }, degraded, { outage: { vendor: 'degrade' } }).passed);
  });
});
