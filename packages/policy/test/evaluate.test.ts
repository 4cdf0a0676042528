import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimed, type Facts, noFacts, proven, type Tier } from '@assay/core';
import { evaluatePolicy, type Policy } from '@assay/policy';
import { androidFacts, iosFacts, policyOf, withFact } from './support.ts';

const LOCKED = { id: 'locked', require: 'device.locked', code: 'policy.bootloader_unlocked' } as const;

const AT = Date.UTC(2026, 10, 1);
const judge = (policy: Policy, facts: Facts) => evaluatePolicy(policy, facts, { at: AT });
const tierOf = (policy: Policy, facts: Facts): Tier => judge(policy, facts).tier;
const unlocked = (): Facts => withFact(androidFacts(), 'device.locked', false);
const HOLDS = { id: 'proof', require: 'platform != "web"' } as const;

describe('evaluation', () => {
  it('affirms when every rule holds, and names the policy', () => {
    const { trace, ...verdict } = judge(policyOf([LOCKED]), androidFacts());
    assert.deepEqual(verdict, { tier: 'affirming', assurance: 'high', reasons: [], policy: 'test@3' });
    assert.equal(trace.length, 1);
  });

  it('lets no claim and no absence pass for proof', () => {
    for (const facts of [
      withFact(androidFacts(), 'device.locked', true, 'claimed'),
      withFact(androidFacts(), 'device.locked', undefined),
    ]) {
      assert.equal(tierOf(policyOf([LOCKED]), facts), 'contraindicated');
    }
  });

  it('takes a claim where the rule says so, but still no absence', () => {
    const lenient = policyOf([HOLDS, { ...LOCKED, known: 'claimed' }]);
    assert.equal(tierOf(lenient, withFact(androidFacts(), 'device.locked', true, 'claimed')), 'affirming');
    assert.equal(tierOf(lenient, withFact(androidFacts(), 'device.locked', undefined)), 'contraindicated');
  });

  it('lets an absent fact pass only where the rule asks with has(), and never a claimed one', () => {
    const lenient = policyOf([HOLDS, { ...LOCKED, require: '!has(device.locked) || device.locked' }]);
    assert.equal(tierOf(lenient, withFact(androidFacts(), 'device.locked', undefined)), 'affirming');
    assert.equal(tierOf(lenient, withFact(androidFacts(), 'device.locked', true, 'claimed')), 'contraindicated');
  });

  it('skips a rule only when proven facts contradict its condition', () => {
    const conditional = policyOf([HOLDS, { ...LOCKED, when: 'platform == "android"' }]);
    const outcome = (facts: Facts) => judge(conditional, facts).trace[1]?.outcome;
    assert.equal(outcome(iosFacts()), 'not_applicable');
    assert.equal(outcome(withFact(iosFacts(), 'platform', 'ios', 'claimed')), 'failed');
    assert.equal(outcome(withFact(iosFacts(), 'platform', undefined)), 'failed');
    const claims = policyOf([HOLDS, { ...LOCKED, when: 'platform == "android"', known: 'claimed' }]);
    assert.equal(judge(claims, withFact(iosFacts(), 'platform', 'ios', 'claimed')).trace[1]?.outcome, 'failed');
  });

  it('is lifted by proof alone: not by a claim, by silence, by a condition or by what may be absent', () => {
    const never = { id: 'never', require: 'app.id == "nobody"', tier: 'warning' } as const;
    for (const [rule, facts] of [
      [{ ...LOCKED, known: 'claimed' }, androidFacts()],
      [{ ...LOCKED, require: '!("hooks" in raised)' }, androidFacts()],
      [{ ...LOCKED, require: 'weight < 50' }, androidFacts()],
      [{ ...LOCKED, require: '!has(device.locked) || device.locked' }, androidFacts()],
      [{ ...LOCKED, when: 'platform == "android"' }, androidFacts()],
    ] as const) {
      const verdict = judge(policyOf([rule, never]), facts);
      assert.deepEqual(
        [verdict.tier, verdict.assurance, verdict.trace[0]?.outcome],
        ['none', 'none', 'held'],
        rule.require,
      );
      assert.deepEqual(verdict.reasons, ['policy.requirement_unmet']);
    }
    assert.equal(tierOf(policyOf([LOCKED, never]), androidFacts()), 'warning');
  });

  it('lets the worst tier win, keeps reasons in order and names each once', () => {
    const tiers: readonly [Tier[], Tier][] = [
      [['warning'], 'warning'],
      [['warning', 'none'], 'none'],
      [['contraindicated', 'none', 'warning'], 'contraindicated'],
    ];
    for (const [given, expected] of tiers) {
      const rules = given.map((tier, index) => ({ ...LOCKED, id: `r${index}`, tier }));
      assert.equal(tierOf(policyOf([HOLDS, ...rules]), unlocked()), expected);
    }
    const app = { id: 'b', require: 'app.id == "x"', tier: 'warning', code: 'policy.app_unproven' } as const;
    const verdict = judge(policyOf([app, LOCKED, { ...app, id: 'c' }]), noFacts());
    assert.deepEqual(verdict.reasons, ['policy.app_unproven', 'policy.bootloader_unlocked']);
  });

  it('grants the highest level that proven facts support, and none to a tier that does not pass', () => {
    const assurance = [
      { level: 'low', when: 'has(device.locked)' },
      { level: 'high', when: 'key.protection == "hardware"' },
      { level: 'substantial', when: 'platform == "android"' },
    ];
    const policy = policyOf([{ ...LOCKED, tier: 'warning' }, HOLDS], { assurance });
    const levelOf = (facts: Facts) => judge(policy, facts).assurance;
    assert.equal(levelOf(androidFacts()), 'high');
    assert.equal(levelOf(withFact(androidFacts(), 'key.protection', 'hardware', 'claimed')), 'substantial');
    assert.equal(levelOf(withFact(iosFacts(), 'device.locked', true)), 'low');
    assert.equal(levelOf(iosFacts()), 'none');
    assert.deepEqual(judge(policy, withFact(iosFacts(), 'device.locked', undefined)).reasons, [
      'policy.bootloader_unlocked',
      'policy.assurance_none',
    ]);
    const strict = policyOf([LOCKED], { assurance });
    assert.equal(judge(strict, unlocked()).assurance, 'none');
    assert.deepEqual(judge(policyOf([HOLDS], { assurance }), iosFacts()).reasons, ['policy.assurance_none']);
  });

  it('sees what is raised, by proof or by hint, and weighs the hints alone', () => {
    const hints: Facts = {
      ...androidFacts(),
      threats: { hooks: claimed(true, 'freerasp'), vpn: claimed(false, 'freerasp'), root: proven(true, 'android-key') },
    };
    const holds = (require: string, facts: Facts) =>
      judge(policyOf([HOLDS, { require }]), facts).trace[1]?.outcome === 'held';
    assert.ok(holds('"hooks" in raised && "root" in raised && size(raised) == 2', hints));
    assert.ok(holds('proven == ["root"]', hints) && holds('size(proven) == 0', androidFacts()));
    assert.ok(holds('weight > 0', hints) && holds('weight == 0', androidFacts()));
    assert.ok(holds('threats.root', hints) && !holds('threats.hooks', hints) && !holds('!threats.vpn', hints));
    const proof = { ...hints, threats: { hooks: proven(true, 'play-integrity') } };
    assert.ok(holds('weight == 0 && threats.hooks && "hooks" in proven', proof));
  });

  it('knows the time that it is given', () => {
    const policy = policyOf([HOLDS, { require: `now == ${AT / 1000}` }]);
    assert.equal(tierOf(policy, androidFacts()), 'affirming');
    assert.equal(evaluatePolicy(policy, androidFacts(), { at: AT + 1000 }).tier, 'contraindicated');
  });

  it('takes values that are not of their fact’s type, or endless lists, for unknown', () => {
    for (const [path, value, require] of [
      ['device.sdk', '36', 'device.sdk > 30'],
      ['device.sdk', Number.NaN, 'device.sdk > 30'],
      ['device.sdk', 2 ** 60, 'device.sdk > 30'],
      ['device.locked', 'true', 'device.locked'],
      ['app.id', 7, 'app.id != ""'],
      ['app.signers', Array(65).fill('x'), '"x" in app.signers'],
      ['key.purposes', ['2'], '2 in key.purposes'],
    ] as const) {
      const verdict = judge(policyOf([{ require }]), withFact(androidFacts(), path, value as never));
      assert.equal(verdict.tier, 'contraindicated', path);
    }
  });

  it('never says no where an expression cannot be evaluated', () => {
    const policy = policyOf([HOLDS, { require: 'device.sdk + now < 9223372036854775800' }]);
    const facts = withFact(androidFacts(), 'device.sdk', 30);
    assert.equal(judge(policy, facts).tier, 'affirming');
    const late = { at: 1e23 };
    assert.throws(() => evaluatePolicy(policy, facts, late), { code: 'policy.evaluation_failed', family: 'config' });
  });

  it('leaves the trace out where nobody asks for it, and decides the same', () => {
    for (const facts of [androidFacts(), iosFacts(), noFacts(), unlocked()]) {
      const { trace: _, ...told } = judge(policyOf([LOCKED, HOLDS]), facts);
      const { trace, ...silent } = evaluatePolicy(policyOf([LOCKED, HOLDS]), facts, { at: AT, trace: false });
      assert.deepEqual(silent, told);
      assert.deepEqual(trace, []);
    }
  });
});

describe('an outage', () => {
  const degraded = (...names: string[]): Facts => ({ ...androidFacts(), degraded: names });
  const policy = (outage: Record<string, string>) => policyOf([LOCKED], { outage });

  it('caps the assurance, and the verdict says what could not be asked', () => {
    const lenient = policy({ vendor: 'degrade', revocation: 'degrade', assurance: 'substantial' });
    const verdict = judge(lenient, degraded('play_unavailable'));
    assert.deepEqual(
      [verdict.tier, verdict.assurance, verdict.degraded],
      ['affirming', 'substantial', ['play_unavailable']],
    );
    assert.equal(judge(lenient, androidFacts()).assurance, 'high');
    assert.equal('degraded' in judge(lenient, androidFacts()), false);
  });

  it('never raises the assurance', () => {
    const row = [{ level: 'low', when: 'device.locked' }];
    const low = policyOf([LOCKED], { outage: { vendor: 'degrade', assurance: 'high' }, assurance: row });
    assert.equal(judge(low, degraded('play_unavailable')).assurance, 'low');
  });

  it('denies what the policy denies, by name', () => {
    const vendor = policy({ vendor: 'deny', revocation: 'degrade' });
    const denied = judge(vendor, degraded('play_unavailable'));
    assert.deepEqual([denied.tier, denied.assurance, denied.reasons], ['none', 'none', ['policy.outage_denied']]);
    assert.equal(judge(vendor, degraded('revocation_not_checked')).tier, 'affirming');
    const revocation = policy({ vendor: 'degrade', revocation: 'deny' });
    assert.equal(judge(revocation, degraded('revocation_not_checked')).tier, 'none');
    assert.equal(judge(revocation, degraded('play_unavailable')).tier, 'affirming');
  });

  it('is something that rules can see', () => {
    const seeing = policyOf([HOLDS, { require: '!("play_unavailable" in degraded)', tier: 'warning' }], {
      outage: { vendor: 'degrade' },
    });
    assert.equal(tierOf(seeing, degraded('play_unavailable')), 'warning');
    assert.equal(tierOf(seeing, androidFacts()), 'affirming');
  });
});
