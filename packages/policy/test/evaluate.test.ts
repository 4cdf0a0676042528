import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, type Facts, noFacts, type Tier } from '@assay/core';
import { evaluatePolicy, type FactPath, type Policy, parsePolicy, type Rule } from '@assay/policy';
import fc from 'fast-check';
import { androidFacts, iosFacts, isNoBetter, paths, provenPaths, withFact } from './examples.ts';

const locked: Rule = {
  id: 'locked',
  fact: 'device.locked',
  require: { equals: true },
  known: 'proven',
  onFail: { tier: 'contraindicated', code: 'policy.bootloader_unlocked' },
  why: 'test',
};
const proof = { ...locked, id: 'proof', fact: 'platform', require: { present: true } } as const satisfies Rule;
const onIos = { fact: 'platform', require: { equals: 'ios' } } as const;
const onAndroid = { fact: 'platform', require: { equals: 'android' } } as const;
const hardware = { fact: 'key.protection', require: { equals: 'hardware' } } as const;

function policyOf(...rules: Rule[]): Policy {
  const assurance = [
    { level: 'low' as const, when: [{ fact: 'platform' as const, require: { present: true as const } }] },
    { level: 'high' as const, when: [hardware] },
    { level: 'substantial' as const, when: [onAndroid] },
  ];
  return { name: 'test', version: 3, rules, assurance };
}

describe('evaluation', () => {
  it('affirms when every rule holds, and names the policy', () => {
    const verdict = evaluatePolicy(policyOf(locked), androidFacts());
    assert.deepEqual(
      { ...verdict, trace: [] },
      { tier: 'affirming', assurance: 'high', reasons: [], policy: 'test@3', trace: [] },
    );
  });

  it('traces what a rule expected, what it found and how that is known', () => {
    const facts = withFact(androidFacts(), 'device.locked', false);
    assert.deepEqual(evaluatePolicy(policyOf(locked), facts).trace, [
      {
        rule: 'locked',
        outcome: 'failed',
        code: 'policy.bootloader_unlocked',
        expected: 'device.locked proven, equals true',
        found: 'false (proven)',
        known: 'proven',
      },
    ]);
  });

  it('lets no claim and no absence pass for proof', () => {
    for (const facts of [
      withFact(androidFacts(), 'device.locked', true, 'claimed'),
      withFact(androidFacts(), 'device.locked', undefined),
    ]) {
      assert.equal(evaluatePolicy(policyOf(locked), facts).tier, 'contraindicated');
    }
  });

  it('takes a claim where the rule says so, but still no absence', () => {
    const lenient = policyOf(proof, { ...locked, known: 'claimed' });
    assert.equal(evaluatePolicy(lenient, withFact(androidFacts(), 'device.locked', true, 'claimed')).tier, 'affirming');
    assert.equal(evaluatePolicy(lenient, withFact(androidFacts(), 'device.locked', undefined)).tier, 'contraindicated');
  });

  it('lets an absent fact pass only where the rule says so, and never a claimed one', () => {
    const lenient = policyOf(proof, { ...locked, whenAbsent: 'passes' });
    assert.equal(evaluatePolicy(lenient, withFact(androidFacts(), 'device.locked', undefined)).tier, 'affirming');
    assert.equal(
      evaluatePolicy(lenient, withFact(androidFacts(), 'device.locked', true, 'claimed')).tier,
      'contraindicated',
    );
  });

  it('skips a rule only when a proven fact contradicts its condition', () => {
    const conditional = policyOf(
      { ...locked, id: 'always', fact: 'platform', require: { present: true }, known: 'claimed' },
      { ...locked, when: [onAndroid] },
    );
    const outcome = (facts: Facts) => evaluatePolicy(conditional, facts).trace[1]?.outcome;
    assert.equal(outcome(iosFacts()), 'not_applicable');
    assert.equal(outcome(withFact(iosFacts(), 'platform', 'ios', 'claimed')), 'failed');
    assert.equal(outcome(withFact(iosFacts(), 'platform', undefined)), 'failed');
  });

  it('says nothing good when only conditional rules hold, or none applied', () => {
    const verdict = evaluatePolicy(policyOf({ ...locked, when: [onIos] }), androidFacts());
    assert.deepEqual([verdict.tier, verdict.assurance], ['none', 'none']);
    assert.equal(evaluatePolicy(policyOf({ ...locked, when: [onAndroid] }), androidFacts()).tier, 'none');
  });

  it('is lifted by proof alone: not by a claim, a quiet signal or a fact that may be absent', () => {
    const claim: Rule = { ...locked, known: 'claimed' };
    const quiet: Rule = { ...locked, fact: 'signals', require: { notRaised: ['hooks'] }, known: 'claimed' };
    const optional: Rule = { ...locked, whenAbsent: 'passes' };
    const absent = withFact(androidFacts(), 'device.locked', undefined);
    for (const [rule, facts] of [
      [claim, withFact(androidFacts(), 'device.locked', true, 'claimed')],
      [claim, androidFacts()],
      [quiet, androidFacts()],
      [optional, absent],
    ] as const) {
      const verdict = evaluatePolicy(policyOf(rule), facts);
      assert.deepEqual([verdict.tier, verdict.assurance, verdict.trace[0]?.outcome], ['none', 'none', 'held']);
    }
    assert.equal(evaluatePolicy(policyOf(optional), androidFacts()).tier, 'affirming');
  });

  it('lets the worst tier win, keeps reasons in order and names each once', () => {
    const tiers: readonly [Tier[], Tier][] = [
      [['warning'], 'warning'],
      [['warning', 'none'], 'none'],
      [['contraindicated', 'none', 'warning'], 'contraindicated'],
    ];
    for (const [given, expected] of tiers) {
      const rules = given.map((tier, index) => ({
        ...locked,
        id: `r${index}`,
        onFail: { ...locked.onFail, tier: tier === 'affirming' ? 'none' : tier },
      }));
      const held = { ...locked, id: 'held', fact: 'platform', require: { present: true } } as const;
      assert.equal(
        evaluatePolicy(policyOf(held, ...rules), withFact(androidFacts(), 'device.locked', false)).tier,
        expected,
      );
    }
    const second = { ...locked, id: 'b', onFail: { tier: 'warning', code: 'policy.app_unproven' } } as const;
    const verdict = evaluatePolicy(policyOf(second, locked, { ...second, id: 'c' }), noFacts());
    assert.deepEqual(verdict.reasons, ['policy.app_unproven', 'policy.bootloader_unlocked']);
  });

  it('grants the highest level that proven facts support, and none to a tier that does not pass', () => {
    const assurance = (facts: Facts) =>
      evaluatePolicy(policyOf({ ...locked, onFail: { ...locked.onFail, tier: 'warning' } }), facts).assurance;
    assert.equal(assurance(androidFacts()), 'high');
    assert.equal(assurance(withFact(androidFacts(), 'key.protection', 'hardware', 'claimed')), 'substantial');
    assert.equal(assurance(withFact(androidFacts(), 'platform', 'android', 'claimed')), 'high');
    assert.equal(assurance(withFact(noFacts(), 'device.locked', true)), 'none');
    const unassured = evaluatePolicy(policyOf(locked), withFact(noFacts(), 'device.locked', true));
    assert.deepEqual([unassured.tier, unassured.reasons], ['affirming', ['policy.assurance_none']]);
    assert.equal(evaluatePolicy(policyOf(locked), withFact(androidFacts(), 'device.locked', false)).assurance, 'none');
  });

  it('needs both facts of a comparison, and says so when they are not known alike', () => {
    const levels: Rule = { ...locked, fact: 'key.attestedLevel', require: { sameAs: 'key.attesterLevel' } };
    const trace = (facts: Facts) => evaluatePolicy(policyOf(levels), facts).trace[0];
    assert.equal(trace(androidFacts())?.outcome, 'held');
    const mixed = trace(withFact(androidFacts(), 'key.attesterLevel', 'tee', 'claimed'));
    assert.deepEqual([mixed?.outcome, mixed?.known], ['failed', 'mixed']);
    const absent = withFact(withFact(androidFacts(), 'key.attesterLevel', undefined), 'key.attestedLevel', undefined);
    assert.equal(trace(absent)?.outcome, 'failed');
  });

  it('weighs signals against the app, never for it', () => {
    const hooks: Rule = { ...locked, fact: 'signals', require: { notRaised: ['hooks'] }, known: 'claimed' };
    const raised = { ...androidFacts(), signals: [{ provider: 'freerasp', version: '5', name: 'hooks', value: true }] };
    assert.equal(evaluatePolicy(policyOf(proof, hooks), androidFacts()).tier, 'affirming');
    const verdict = evaluatePolicy(policyOf(proof, hooks), raised);
    assert.deepEqual([verdict.tier, verdict.trace[1]?.found], ['contraindicated', '[freerasp.hooks=true] (claimed)']);
  });

  it('refuses a policy that judges nothing', () => {
    for (const empty of [
      { ...policyOf(locked), rules: [] },
      { ...policyOf(locked), assurance: [] },
    ]) {
      assert.throws(() => evaluatePolicy(empty, androidFacts()), ConfigError);
    }
  });
});

describe('monotony', () => {
  const requirements = fc.constantFrom<[FactPath, Rule['require']]>(
    ['platform', { equals: 'android' }],
    ['platform', { equals: 'ios' }],
    ['key.protection', { in: ['hardware'] }],
    ['key.attestedLevel', { sameAs: 'key.attesterLevel' }],
    ['key.purposes', { excludes: [7] }],
    ['device.locked', { equals: true }],
    ['evidence', { includes: ['android-key'] }],
  );
  const condition = requirements.map(([fact, require]) => ({ fact, require }));
  const ruleWith = (maxLength: number) =>
    fc
      .record({
        about: requirements,
        when: fc.array(condition, { maxLength }),
        known: fc.constantFrom('proven', 'claimed'),
        tier: fc.constantFrom('warning', 'none', 'contraindicated'),
      })
      .map(({ about: [fact, require], when, known, tier }) => ({
        fact,
        require,
        known,
        ...(when.length > 0 ? { when } : {}),
        onFail: { tier, code: 'policy.requirement_unmet' },
        why: 'test',
      }));
  const policies = fc
    .record({
      first: ruleWith(0).map((rule) => ({ ...rule, known: 'proven' as const })),
      others: fc.array(ruleWith(2), { maxLength: 4 }),
      assurance: fc.array(
        fc.record({
          level: fc.constantFrom('low', 'substantial', 'high'),
          when: fc.array(condition, { minLength: 1, maxLength: 3 }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    })
    .map(({ first, others, assurance }) =>
      parsePolicy({
        name: 'any',
        version: 1,
        rules: [first, ...others].map((each, index) => ({ id: `r${index}`, ...each })),
        assurance,
      }),
    );
  const bases = fc.constantFrom(
    androidFacts(),
    iosFacts(),
    withFact(androidFacts(), 'device.locked', false),
    withFact(androidFacts(), 'key.purposes', [2, 7]),
  );

  it('no policy judges better when a proven fact is removed or becomes a claim', () => {
    fc.assert(
      fc.property(
        policies,
        bases,
        fc.array(fc.constantFrom(...paths()), { maxLength: 3 }),
        fc.nat(),
        (policy, base, removed, pick) => {
          const facts = removed.reduce((each, path) => withFact(each, path, undefined), base);
          const known = provenPaths(facts);
          const path = known[pick % Math.max(known.length, 1)];
          if (path === undefined) return;
          const before = evaluatePolicy(policy, facts);
          assert.ok(isNoBetter(evaluatePolicy(policy, withFact(facts, path, undefined)), before));
        },
      ),
      { seed: 7, numRuns: 3000 },
    );
  });
});
