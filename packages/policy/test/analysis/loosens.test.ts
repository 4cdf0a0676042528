import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  diffPolicies,
  EXAMPLE_DEVICES,
  evaluatePolicy,
  type Loosens,
  STRICT_DEVELOPMENT_POLICY,
  STRICT_POLICY,
} from '@assay/policy';
import fc from 'fast-check';
import { someFacts } from '../presets/population.ts';
import { isNoBetter, policyOf } from '../support.ts';

const AT = Date.UTC(2026, 10, 21);

type Rest = Readonly<Record<string, unknown>>;
type Rules = Parameters<typeof policyOf>[0];

const BASE: Rules = [
  { id: 'app', require: 'has(app.id)', tier: 'none' },
  { id: 'locked', when: 'platform == "android"', require: 'device.locked', tier: 'contraindicated' },
  { id: 'sdk', when: 'platform == "android"', require: 'device.sdk >= 30', tier: 'warning' },
  { id: 'boot', require: 'device.bootState == "verified" || device.bootKey in lists.keys' },
  { id: 'hints', require: '!("root" in raised)', known: 'claimed' },
];
const REST: Rest = {
  lists: { keys: ['a', 'b'] },
  outage: { vendor: 'deny', revocation: 'degrade', assurance: 'low' },
  assurance: [{ level: 'high', when: 'key.protection == "hardware" && device.sdk >= 33' }],
  annotations: [{ name: 'x', value: 'app.category' }],
  bans: [{ id: 'b', when: 'threats.root', target: 'lineage', for: '7d', reason: 'test' }],
};
const base = policyOf(BASE, REST);
const rule = (id: string, change: Partial<Rules[number]>): Rules =>
  BASE.map((each) => (each.id === id ? { ...each, ...change } : each));

const CHANGES: readonly [what: string, rules: Rules, rest: Rest, loosens: Loosens][] = [
  ['nothing', BASE, {}, 'no'],
  ['a description', BASE, { description: 'other' }, 'no'],
  ['the order of rules', BASE.toReversed(), {}, 'no'],
  ['a new rule', [...BASE, { require: 'device.sdk >= 3' }], {}, 'no'],
  ['a rule under a new name', rule('locked', { id: 'shut' }), {}, 'no'],
  ['a worse tier', rule('sdk', { tier: 'none' }), {}, 'no'],
  ['a higher floor', rule('sdk', { require: 'device.sdk >= 31' }), {}, 'no'],
  ['one thing more to hold', rule('locked', { require: 'device.locked && device.sdk > 3' }), {}, 'no'],
  ['one way less to hold', rule('boot', { require: 'device.bootState == "verified"' }), {}, 'no'],
  ['a shorter list', BASE, { lists: { keys: ['b'] } }, 'no'],
  ['no condition', rule('sdk', { when: 'true' }), {}, 'maybe'],
  ['a wider condition', rule('sdk', { when: 'platform == "android" || platform == "ios"' }), {}, 'no'],
  ['proof instead of claims', rule('hints', { known: 'proven' }), {}, 'no'],
  [
    'a lower assurance',
    BASE,
    { assurance: [{ level: 'low', when: 'key.protection == "hardware" && device.sdk >= 34' }] },
    'no',
  ],
  ['an outage that denies', BASE, { outage: { vendor: 'deny', revocation: 'deny', assurance: 'low' } }, 'no'],
  [
    'a longer ban',
    BASE,
    { bans: [{ id: 'b', when: 'threats.root || threats.hooks', target: 'lineage', for: '8d', reason: 'x' }] },
    'no',
  ],
  [
    'another annotation beside',
    BASE,
    {
      annotations: [
        { name: 'x', value: 'app.category' },
        { name: 'y', value: 'app.id' },
      ],
    },
    // A route may wait for it.
    'maybe',
  ],

  ['a rule that is gone', BASE.slice(0, -1), {}, 'yes'],
  ['a tier that warns', rule('locked', { tier: 'warning' }), {}, 'yes'],
  ['a lower floor', rule('sdk', { require: 'device.sdk >= 29' }), {}, 'yes'],
  ['one way more to hold', rule('locked', { require: 'device.locked || has(app.id)' }), {}, 'yes'],
  ['a longer list', BASE, { lists: { keys: ['a', 'b', 'c'] } }, 'yes'],
  ['a narrower condition', rule('sdk', { when: 'platform == "android" && device.locked' }), {}, 'yes'],
  ['a new condition', rule('boot', { when: 'platform == "android"' }), {}, 'yes'],
  ['claims instead of proof', rule('locked', { known: 'claimed' }), {}, 'yes'],
  ['an outage that degrades', BASE, { outage: { vendor: 'degrade', revocation: 'degrade', assurance: 'low' } }, 'yes'],
  ['a higher cap', BASE, { outage: { vendor: 'deny', revocation: 'degrade', assurance: 'high' } }, 'yes'],
  ['a ban that is gone', BASE, { bans: [] }, 'yes'],

  ['another expression', rule('sdk', { require: 'versionAtLeast(device.osVersion, "12")' }), {}, 'maybe'],
  [
    'an assurance row more',
    BASE,
    {
      assurance: [
        { level: 'high', when: 'key.protection == "hardware" && device.sdk >= 33' },
        { level: 'low', when: 'has(app.id)' },
      ],
    },
    'maybe',
  ],
  [
    'a shorter ban',
    BASE,
    { bans: [{ id: 'b', when: 'threats.root', target: 'lineage', for: '6d', reason: 'x' }] },
    'maybe',
  ],
  ['another annotation', BASE, { annotations: [{ name: 'x', value: 'app.id' }] }, 'maybe'],
];

describe('a change', () => {
  for (const [what, rules, rest, loosens] of CHANGES) {
    it(`of ${what}: ${loosens}`, () => {
      const diff = diffPolicies(base, policyOf(rules, { ...REST, ...rest }));
      assert.equal(diff.loosens, loosens, diff.because.join('; '));
      assert.equal(diff.because.length === 0, loosens === 'no');
    });
  }

  it('that adds a rule which lifts is not harmless where the others only warn', () => {
    const warn = policyOf([{ id: 'a', require: 'device.locked', tier: 'warning' }]);
    const lifted = policyOf([
      { id: 'a', require: 'device.locked', tier: 'warning' },
      { id: 'b', require: 'has(app.id)', tier: 'warning' },
    ]);
    assert.equal(diffPolicies(warn, lifted).loosens, 'maybe');
    assert.equal(diffPolicies(lifted, warn).loosens, 'yes');
  });

  it('between the strict policies is seen in both directions', () => {
    assert.equal(diffPolicies(STRICT_POLICY, STRICT_DEVELOPMENT_POLICY).loosens, 'yes');
    assert.equal(diffPolicies(STRICT_DEVELOPMENT_POLICY, STRICT_POLICY).loosens, 'no');
  });
});

describe('a change that is shown not to loosen', () => {
  const atom = fc.constantFrom(
    ...[
      'device.locked',
      'platform == "android"',
      'platform in ["android", "ios"]',
      'device.sdk >= 30',
      'device.sdk >= 33',
    ],
    ...[
      'has(app.category)',
      '!has(app.category)',
      'device.bootKey in lists.keys',
      'size(lists.keys) >= 2',
      'size(lists.keys) >= 3',
      '"a" in lists.keys',
      'lists.keys.exists(each, each == device.bootKey)',
      'versionAtLeast(device.osVersion, "12")',
      'versionAtLeast(device.osVersion, "17.1")',
      'daysSince(device.osPatch, now) <= 90',
      'daysSince(device.osPatch, now) <= 400',
      '"root" in raised',
      'weight <= 10',
      'weight <= 50',
    ],
  );
  const { formula } = fc.letrec<{ formula: string }>((tie) => ({
    formula: fc.oneof(
      { maxDepth: 2 },
      atom,
      tie('formula').map((each) => `!(${each})`),
      fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => `(${left}) && (${right})`),
      fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => `(${left}) || (${right})`),
    ),
  }));
  const known = fc.constantFrom('proven' as const, 'claimed' as const);
  const tier = fc.constantFrom('warning', 'none', 'contraindicated');
  const rules = fc.array(
    fc.record({ require: formula, when: formula, known, tier }, { requiredKeys: ['require', 'tier'] }),
    { maxLength: 2 },
  );
  const keys = fc.subarray(['a', 'b', '1a'.repeat(32)], { minLength: 1 });
  const level = fc.constantFrom('low', 'high');
  const policy = fc
    .record({
      first: tier,
      rules,
      keys,
      assurance: fc.array(fc.record({ level, when: formula }), { minLength: 1, maxLength: 2 }),
    })
    .map(({ first, rules: others, keys: entries, assurance }) =>
      policyOf([{ id: 'first', require: 'platform != "web"', tier: first }, ...others], {
        assurance,
        lists: { keys: entries },
      }),
    );
  const drawn = fc.sample(policy, { seed: 3, numRuns: 120 });
  const devices = [...Object.values(EXAMPLE_DEVICES), ...fc.sample(someFacts, { seed: 5, numRuns: 25 })];

  it('counts the entries of a list as they are in each policy', () => {
    const counting = (least: number, entries: readonly string[]) =>
      policyOf([{ require: 'platform == "android"' }, { require: `size(lists.keys) >= ${least}` }], {
        lists: { keys: entries },
      });
    assert.equal(diffPolicies(counting(2, ['a']), counting(3, ['a', 'b', 'c'])).loosens, 'maybe');
    assert.equal(diffPolicies(counting(1, ['a', 'b']), counting(1, ['b', 'a'])).loosens, 'no');
  });

  it('judges no device better', () => {
    let shown = 0;
    for (const [at, old] of drawn.entries()) {
      for (const next of drawn.slice(at, at + 12)) {
        if (diffPolicies(old, next).loosens !== 'no') continue;
        shown += 1;
        for (const facts of devices) {
          const [before, after] = [old, next].map((each) => evaluatePolicy(each, facts, { at: AT, trace: false }));
          // Two ways to refuse are alike here.
          if (before !== undefined && after !== undefined && ['affirming', 'warning'].includes(after.tier))
            assert.ok(isNoBetter(after, before));
        }
      }
    }
    assert.ok(shown >= drawn.length);
  });
});
