import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AppraisedFacts, type Facts, isPassing } from '@assay/core';
import { createSimulation, EXAMPLE_DEVICES, evaluatePolicy, type Policy, parsePolicy, presetOf } from '@assay/policy';
import fc from 'fast-check';
import { withFact } from '../../src/examples/facts.ts';
import { someFacts } from '../presets/population.ts';

const AT = Date.UTC(2026, 10, 21);
const STANDARD = policyOf('standard');
const BANKING = policyOf('banking');

function policyOf(name: string): Policy {
  const policy = presetOf(name);
  assert.ok(policy);
  return policy;
}

function deviceOf(name: string): Facts {
  const facts = EXAMPLE_DEVICES[name];
  assert.ok(facts);
  return facts;
}

const ONE_RULE = `assay: policy/1
name: one-rule
description: A single rule, which lifts.
rules:
  - id: platform
    require: platform == "ios"
    otherwise: { tier: none, code: policy.platform_unproven }
    why: There is no other.
assurance:
  - level: low
    when: platform in ["ios", "android"]
`;

let last = 0;

function appraised(facts: Facts, lineage = 'install-1', recordedBy: Policy = STANDARD): AppraisedFacts {
  last += 1;
  const platform = facts.platform.known === 'absent' ? null : facts.platform.value;
  const verdict = evaluatePolicy(recordedBy, facts, { at: AT });
  return {
    id: `appraisal-${last}`,
    at: AT + last,
    app: 'com.example.app',
    purpose: 'refresh',
    platform,
    lineage,
    facts,
    verdict,
  };
}

function simulate(old: Policy | 'recorded', draft: Policy, rows: readonly AppraisedFacts[], sample?: number) {
  const simulation = createSimulation({ old, new: draft, at: 'then', ...(sample === undefined ? {} : { sample }) });
  for (const row of rows) simulation.add(row);
  return simulation.report();
}

const GOOD = deviceOf('android-tee');
const OLD = withFact(GOOD, 'device.osPatch', { known: 'proven', value: '2023-01', by: 'android-key' });
const PLAY = deviceOf('play-only');
const UNLOCKED = withFact(GOOD, 'device.locked', { known: 'proven', value: false, by: 'android-key' });
const only = (facts: Facts, version: string): Facts =>
  withFact(facts, 'app.version', { known: 'claimed', value: version, by: 'the app' });

describe('createSimulation', () => {
  it('is empty before anything was added', () => {
    const report = simulate(STANDARD, BANKING, []);
    assert.deepEqual(report.total, { appraisals: 0, installs: 0, estimated: false });
    assert.deepEqual([report.from, report.to, report.rates], [null, null, { newlyRefused: 0, newlyAdmitted: 0 }]);
    assert.equal(report.tiers.length, 16);
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  });

  it('tells who is newly refused, by what, and of which version, model and platform', () => {
    const rows = [
      ...[appraised(GOOD, 'a'), appraised(GOOD, 'b'), appraised(UNLOCKED, 'c')],
      ...[appraised(only(OLD, '4.0.0'), 'd'), appraised(only(OLD, '4.0.0'), 'd'), appraised(PLAY, 'e')],
    ];
    const { newlyRefused, keptIn, keptOut, newlyAdmitted, rates, total } = simulate(STANDARD, BANKING, rows);
    assert.deepEqual([total.appraisals, total.installs], [6, 5]);
    assert.deepEqual([keptIn.appraisals, keptOut.appraisals, newlyAdmitted.appraisals], [2, 1, 0]);
    assert.deepEqual([newlyRefused.appraisals, newlyRefused.installs], [3, 2]);
    assert.equal(rates.newlyRefused, 3 / 5);
    const patched = newlyRefused.rules.find(({ name }) => name === 'android.patched');
    assert.deepEqual([patched?.appraisals, patched?.installs], [3, 2]);
    assert.deepEqual(
      newlyRefused.versions.map(({ name, appraisals }) => [name, appraisals]),
      [
        ['4.0.0', 2],
        ['4.2.0', 1],
      ],
    );
    assert.deepEqual(
      newlyRefused.models.map(({ name, appraisals }) => [name, appraisals]),
      [
        ['Pixel 8a', 2],
        ['(unknown)', 1],
      ],
    );
    assert.deepEqual(
      newlyRefused.platforms.map(({ name, appraisals }) => [name, appraisals]),
      [['android', 3]],
    );
  });

  it('counts every pair of tiers and of assurances', () => {
    const { tiers, assurances } = simulate(STANDARD, BANKING, [appraised(GOOD), appraised(OLD), appraised(PLAY)]);
    const count = (cells: typeof tiers, old: string, draft: string) =>
      cells.find((cell) => cell.old === old && cell.new === draft)?.appraisals;
    assert.deepEqual([count(tiers, 'affirming', 'affirming'), count(tiers, 'affirming', 'contraindicated')], [1, 2]);
    assert.equal(
      tiers.reduce((sum, { appraisals }) => sum + appraisals, 0),
      3,
    );
    assert.equal(assurances.find((cell) => cell.old === 'low' && cell.new === 'none')?.appraisals, 1);
  });

  it('tells of each rule what it refuses, and what it refuses alone', () => {
    const both = withFact(OLD, 'device.locked', { known: 'proven', value: false, by: 'android-key' });
    const { rules } = simulate(STANDARD, BANKING, [
      appraised(OLD),
      appraised(UNLOCKED),
      appraised(both),
      appraised(PLAY),
    ]);
    const effect = (id: string) =>
      rules.filter(({ rule }) => rule === id).map(({ refused, alone }) => [refused.appraisals, alone.appraisals]);
    assert.deepEqual(
      rules.map(({ rule }) => rule),
      BANKING.rules.map(({ id }) => id),
    );
    assert.deepEqual(effect('android.patched'), [[3, 1]]);
    assert.deepEqual(effect('android.locked'), [[3, 1]]);
    assert.deepEqual(effect('attested_key'), [[1, 0]]);
    assert.deepEqual(effect('hints.single'), [[0, 0]]);
  });

  it('does not let a rule go that alone lifts a verdict', () => {
    const { rules } = simulate(STANDARD, parsePolicy(ONE_RULE, { version: 1 }), [appraised(GOOD)]);
    assert.deepEqual(
      rules.map(({ refused, alone }) => [refused.appraisals, alone.appraisals]),
      [[1, 0]],
    );
  });

  it('compares with the verdicts as they were given', () => {
    const { newlyAdmitted, rates } = simulate('recorded', STANDARD, [
      appraised(PLAY, 'a', BANKING),
      appraised(GOOD, 'b', BANKING),
    ]);
    assert.deepEqual([newlyAdmitted.appraisals, rates.newlyAdmitted], [1, 1]);
    assert.ok(newlyAdmitted.rules.some(({ name }) => name === 'attested_key'));
  });

  it('samples who disagrees, with what was expected and found', () => {
    const rows = Array.from({ length: 50 }, (_, index) => appraised(OLD, `install-${index}`));
    const { samples } = simulate(STANDARD, BANKING, rows, 3).newlyRefused;
    assert.equal(samples.length, 3);
    for (const { old, new: draft, because } of samples) {
      assert.deepEqual([old.tier, draft.tier, draft.reasons], ['affirming', 'contraindicated', ['policy.os_too_old']]);
      assert.deepEqual(
        because.map(({ rule, outcome }) => [rule, outcome]),
        [['android.patched', 'failed']],
      );
    }
  });

  it('judges at the time of the appraisal, or at one for all', () => {
    const aged = withFact(GOOD, 'device.osPatch', { known: 'proven', value: '2025-11', by: 'android-key' });
    const later = createSimulation({ old: BANKING, new: BANKING, at: Date.UTC(2028, 0, 1) });
    later.add(appraised(aged));
    assert.equal(later.report().keptOut.appraisals, 1);
    assert.equal(simulate(BANKING, BANKING, [appraised(aged)]).keptIn.appraisals, 1);
  });

  it('gives one report in any order, which agrees with the policies themselves', () => {
    const rows = fc
      .sample(someFacts, { numRuns: 400, seed: 5 })
      .map((facts, index) => appraised(facts, `install-${index % 90}`));
    const report = simulate(STANDARD, BANKING, rows);
    assert.deepEqual(simulate(STANDARD, BANKING, rows.toReversed()), report);
    const refused = rows.filter(
      ({ facts, at }) =>
        isPassing(evaluatePolicy(STANDARD, facts, { at })) && !isPassing(evaluatePolicy(BANKING, facts, { at })),
    );
    assert.equal(report.newlyRefused.appraisals, refused.length);
    assert.ok(report.rules.every(({ refused: all, alone }) => alone.appraisals <= all.appraisals));
  });

  it('what a rule refuses alone is let in by the policy without it', () => {
    const rows = fc.sample(someFacts, { numRuns: 150, seed: 6 }).map((facts) => appraised(facts));
    for (const { rule, alone } of simulate(STANDARD, BANKING, rows).rules) {
      const without = { ...BANKING, rules: BANKING.rules.filter(({ id }) => id !== rule) };
      const letIn = rows.filter(
        ({ facts, at }) =>
          !isPassing(evaluatePolicy(BANKING, facts, { at })) && isPassing(evaluatePolicy(without, facts, { at })),
      );
      assert.equal(alone.appraisals, letIn.length, rule);
    }
  });
});

describe('the ceiling of weak evidence', () => {
  const row = appraised(deviceOf('iphone'));
  const under = (ceiling?: () => 'high' | 'low' | 'none') => {
    const options = { old: STANDARD, new: STANDARD, at: 'then' } as const;
    const simulation = createSimulation(ceiling === undefined ? options : { ...options, ceiling });
    simulation.add(row);
    return simulation.report();
  };

  it('lowers the assurance of both sides, and no further', () => {
    const filled = (...given: Parameters<typeof under>) =>
      under(...given).assurances.flatMap(({ old, new: draft, appraisals }) => (appraisals === 0 ? [] : [[old, draft]]));
    const plain = filled();
    assert.deepEqual(plain, [['substantial', 'substantial']]);
    assert.deepEqual(
      filled(() => 'high'),
      plain,
    );
    assert.deepEqual(
      filled(() => 'low'),
      [['low', 'low']],
    );
  });

  it('refuses what it leaves nothing of', () => {
    assert.equal(under(() => 'none').keptOut.appraisals, 1);
    assert.equal(under().keptIn.appraisals, 1);
  });
});
