import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAdmitted, noFacts, type Order, proven, type Verdict } from '@assay/core';
import { parsePolicy } from '@assay/policy';
import { banned, conclude, isBanned, judge } from '../../src/decide/conclude.ts';

const GOOD: Verdict = { tier: 'affirming', assurance: 'high', reasons: [], policy: 'p@1', trace: [] };
const BAD: Verdict = { ...GOOD, tier: 'contraindicated', assurance: 'none', reasons: ['policy.bootloader_unlocked'] };

const order = (effect: Order['effect'], target: Order['target'] = 'lineage'): Order => ({
  ...{ iss: 'i', id: `${effect}-${target}`, effect, target, value: 'x', app: null, policy: null, reason: 'r' },
  ...{ author: 'ann', createdAt: 0, expiresAt: null, endedAt: null },
});
const ENFORCE = { orders: [], rollout: { stage: 'enforce' }, share: 99 } as const;

describe('what becomes of a verdict', () => {
  it('is the verdict itself, where nothing else has a say', () => {
    assert.deepEqual(conclude(GOOD, ENFORCE), GOOD);
    assert.deepEqual(conclude(BAD, ENFORCE), BAD);
    assert.equal(isAdmitted(BAD), false);
  });

  it('is let through by a stage that does not refuse yet, and says so; what passes needs no leave', () => {
    for (const stage of ['off', 'monitor', 'soft'] as const) {
      const let_ = conclude(BAD, { ...ENFORCE, rollout: { stage } });
      assert.deepEqual(let_, { ...BAD, admitted: stage });
      assert.ok(isAdmitted(let_));
      assert.deepEqual(conclude(GOOD, { ...ENFORCE, rollout: { stage } }), GOOD);
    }
  });

  it('holds for the share of `enforce N %` alone', () => {
    const at = (share: number, percent: number) =>
      conclude(BAD, { ...ENFORCE, share, rollout: { stage: 'enforce', percent } }).admitted;
    assert.equal(at(89.9, 90), undefined);
    assert.equal(at(90, 90), 'unsampled');
    assert.equal(at(0, 0), 'unsampled');
    assert.equal(at(99.999, 100), undefined);
  });

  it('is let through by a pass and by a policy that rests', () => {
    assert.equal(conclude(BAD, { ...ENFORCE, orders: [order('pass')] }).admitted, 'forced_pass');
    assert.equal(conclude(BAD, { ...ENFORCE, orders: [order('enforce_off', 'app')] }).admitted, 'enforce_off');
    assert.deepEqual(conclude(BAD, { ...ENFORCE, orders: [order('policy')] }), BAD);
  });

  it('is a refusal for whoever is banned, at every stage and while the policy rests', () => {
    for (const stage of ['off', 'monitor', 'soft', 'enforce'] as const) {
      const orders = [order('ban', 'model'), order('enforce_off', 'app')];
      const stopped = conclude(GOOD, { orders, rollout: { stage }, share: 0 });
      assert.equal(isAdmitted(stopped), false);
      assert.deepEqual(
        [stopped.tier, stopped.assurance, stopped.reasons],
        ['contraindicated', 'none', ['service.banned']],
      );
    }
  });

  it('lets a pass for one install outrank a ban of its group, and no ban of that install', () => {
    assert.equal(isBanned([order('ban', 'model'), order('pass')]), false);
    assert.equal(isBanned([order('ban', 'network'), order('pass')]), false);
    assert.equal(isBanned([order('ban'), order('pass')]), true);
    assert.equal(isBanned([order('pass')]), false);
  });

  it('of a ban that came later names the ban once, and takes every leave away', () => {
    const twice = banned(banned({ ...BAD, admitted: 'soft' }));
    assert.deepEqual(twice.reasons, ['service.banned', 'policy.bootloader_unlocked']);
    assert.equal('admitted' in twice, false);
  });
});

describe('a policy’s verdict', () => {
  const policy = parsePolicy(
    `assay: policy/1
name: house
description: A test.
outage: { vendor: degrade, revocation: degrade, assurance: substantial }
rules:
  - { id: platform, require: platform != "dev", otherwise: { tier: none, code: policy.platform_unproven }, why: A test. }
assurance:
  - { level: high, when: platform != "dev" }
`,
    { version: 3 },
  );
  const facts = { ...noFacts(), evidence: ['android-key'], platform: proven('android' as const, 'android-key') };

  it('is capped while something could not be asked, and says what', () => {
    assert.equal(judge(policy, facts, 0).assurance, 'high');
    const degraded = judge(policy, { ...facts, degraded: ['play_unavailable'] }, 0);
    assert.deepEqual([degraded.assurance, degraded.degraded], ['substantial', ['play_unavailable']]);
  });

  it('is never above what the kind of evidence can carry, whatever the policy grants', () => {
    for (const format of ['web', 'firebase-app-check']) {
      assert.equal(judge(policy, { ...facts, evidence: [format] }, 0).assurance, 'low');
    }
  });

  it('says why it does not pass, also where the kind of evidence alone is worth nothing', () => {
    for (const evidence of [[], ['apple-device-check'], ['unheard-of']]) {
      const { assurance, reasons } = judge(policy, { ...facts, evidence }, 0);
      assert.deepEqual([assurance, reasons], ['none', ['policy.assurance_none']]);
    }
  });
});
