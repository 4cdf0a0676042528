import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ABSENT, claimed, type Facts, knownValue, THREAT_NAMES } from '@assay/core';
import { EXAMPLE_DEVICES, evaluatePolicy, FACT_PATHS, FACTS, type FactPath, type Policy } from '@assay/policy';
import fc from 'fast-check';
import { withFact as withFactOf } from '../src/examples/facts.ts';
import { isNoBetter, policyOf, provenPaths, withFact } from './support.ts';

const AT = Date.UTC(2026, 10, 1);
const judge = (policy: Policy, facts: Facts) => evaluatePolicy(policy, facts, { at: AT });

/** Questions about facts that say nothing of silence: no has(), nothing raised, no weight. */
const QUESTIONS: readonly string[] = [
  'platform == "android"',
  'platform in ["ios", "web"]',
  'key.protection == "hardware"',
  'key.attestedLevel == key.attesterLevel',
  '7 in key.purposes',
  'key.purposes.all(p, p == 2)',
  'device.locked',
  'device.bootState != "verified"',
  '"android-key" in evidence',
  'evidence.exists(e, e.startsWith("apple"))',
  'versionAtLeast(device.osVersion, "17")',
  'daysSince(device.osPatch, now) < 90',
  'device.sdk >= 30',
  'size(app.signers) > 0',
  'threats.root',
  'app.id.startsWith("com.example.")',
];

const atom = fc.constantFrom(...QUESTIONS);
const { formula } = fc.letrec<{ formula: string }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 3 },
    atom,
    tie('formula').map((each) => `!(${each})`),
    fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => `(${left}) && (${right})`),
    fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => `(${left}) || (${right})`),
    fc
      .tuple(tie('formula'), tie('formula'), tie('formula'))
      .map((each) => `(${each[0]}) ? (${each[1]}) : (${each[2]})`),
  ),
}));
const rule = fc.record(
  {
    require: formula,
    when: formula,
    known: fc.constantFrom('proven' as const, 'claimed' as const),
    tier: fc.constantFrom('warning', 'none', 'contraindicated'),
  },
  { requiredKeys: ['require', 'tier'] },
);
const drawn = fc
  .record({
    first: atom,
    tier: fc.constantFrom('warning', 'none'),
    rules: fc.array(rule, { maxLength: 4 }),
    assurance: fc.array(fc.record({ level: fc.constantFrom('low', 'substantial', 'high'), when: formula }), {
      minLength: 1,
      maxLength: 3,
    }),
    outage: fc.record({ vendor: fc.constantFrom('deny', 'degrade'), assurance: fc.constantFrom('low', 'high') }),
  })
  .map(({ first, tier, rules, ...rest }) => policyOf([{ require: first, tier }, ...rules], rest));

/** A policy takes longer to compile than to ask: a few are asked often. */
const policies = fc.constantFrom(...fc.sample(drawn, { seed: 1, numRuns: 150 }));
const devices = fc.constantFrom(...Object.values(EXAMPLE_DEVICES));
const path = fc.constantFrom(...FACT_PATHS);

/** A device, some facts of which were taken away or became claims. */
const facts = fc
  .tuple(devices, fc.array(fc.tuple(path, fc.boolean()), { maxLength: 6 }))
  .map(([device, changes]) => changes.reduce((each, [at, stays]) => weakened(each, at, stays), device));

function weakened(facts: Facts, at: FactPath, stays: boolean): Facts {
  const value = knownValue(FACTS[at].read(facts));
  return withFactOf(facts, at, stays && value !== undefined && at !== 'evidence' ? claimed(value, 'test') : ABSENT);
}

describe('what every policy keeps to', () => {
  it('judges no better when a proven fact is taken away or becomes a claim', () => {
    fc.assert(
      fc.property(policies, facts, fc.nat(), fc.boolean(), (policy, given, pick, stays) => {
        const known = provenPaths(given);
        const at = known[pick % Math.max(known.length, 1)];
        if (at === undefined) return;
        assert.ok(isNoBetter(judge(policy, weakened(given, at, stays)), judge(policy, given)), policy.source);
      }),
      { seed: 7, numRuns: 1500 },
    );
  });

  it('lets no claim lift a verdict, nor raise its assurance', () => {
    fc.assert(
      fc.property(policies, facts, (policy, given) => {
        const bare = FACT_PATHS.reduce((each, at) => {
          return FACTS[at].read(each).known === 'claimed' ? withFactOf(each, at, ABSENT) : each;
        }, given);
        const [verdict, without] = [judge(policy, given), judge(policy, bare)];
        assert.ok(without.tier !== 'none' || without.reasons.length > 0);
        // A claim may spare the failure of a rule that is content with claims; it never makes proof of nothing.
        if (!policy.rules.some(({ known }) => known === 'claimed')) assert.deepEqual(verdict.tier, without.tier);
        if (verdict.tier === without.tier) assert.equal(verdict.assurance, without.assurance);
      }),
      { seed: 8, numRuns: 700 },
    );
  });

  it('refuses whoever has proven nothing, whatever he claims and keeps silent about', () => {
    const said = fc.subarray([...FACT_PATHS]).map((paths) =>
      paths.reduce((each, at) => {
        const value = knownValue(FACTS[at].read(EXAMPLE_DEVICES['android-play'] ?? each));
        return value === undefined || at === 'evidence' ? each : withFact(each, at, value, 'claimed');
      }, EXAMPLE_DEVICES['nothing'] ?? assert.fail()),
    );
    fc.assert(
      fc.property(policies, said, (policy, given) => {
        const verdict = judge(policy, given);
        assert.ok(['none', 'contraindicated'].includes(verdict.tier) && verdict.assurance === 'none');
        assert.ok(verdict.reasons.length > 0);
      }),
      { seed: 9, numRuns: 400 },
    );
  });

  it('says the same of the same facts, traced or not, in any order of its threats', () => {
    fc.assert(
      fc.property(policies, facts, (policy, given) => {
        const threats = Object.fromEntries(Object.entries(given.threats).reverse());
        const first = judge(policy, given);
        assert.deepEqual(judge(policy, { ...given, threats }), first);
        assert.deepEqual(evaluatePolicy(policy, given, { at: AT, trace: false }), { ...first, trace: [] });
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  it('survives facts of any kind, as a store may hold them', () => {
    const odd = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(Number.NaN, 2 ** 80, '\ud800', '__proto__', undefined),
    );
    const known = fc.constantFrom('proven' as const, 'claimed' as const);
    fc.assert(
      fc.property(
        policies,
        devices,
        fc.array(fc.tuple(path, odd, known), { maxLength: 8 }),
        (policy, device, changes) => {
          const given = changes.reduce((each, [at, value, how]) => {
            return at === 'evidence' ? each : withFact(each, at, value as never, how);
          }, device);
          assert.equal(typeof judge(policy, given).tier, 'string');
        },
      ),
      { seed: 12, numRuns: 400 },
    );
  });

  it('looks at every threat by its name', () => {
    for (const name of THREAT_NAMES) {
      const policy = policyOf([{ require: `threats.${name}` }]);
      assert.equal(
        judge(policy, withFact(EXAMPLE_DEVICES['dev'] ?? assert.fail(), `threats.${name}`, true)).tier,
        'affirming',
      );
    }
  });
});
