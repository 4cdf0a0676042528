import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ASSURANCES, type Facts, isPassing, type Verdict } from '@assay/core';
import { EXAMPLE_DEVICES, evaluatePolicy, PRESETS, presetOf } from '@assay/policy';
import fc from 'fast-check';
import { someFacts } from './population.ts';

const AT = Date.UTC(2026, 10, 21);

const population = fc.sample(someFacts, { numRuns: 2000, seed: 4 });
const judged = new Map<string, readonly Verdict[]>();

function verdictOf(name: string, facts: Facts): Verdict {
  const policy = presetOf(name);
  assert.ok(policy);
  return evaluatePolicy(policy, facts, { at: AT, trace: false });
}

/** Of the whole population, by one preset. */
function verdictsOf(name: string): readonly Verdict[] {
  const verdicts = judged.get(name) ?? population.map((facts) => verdictOf(name, facts));
  judged.set(name, verdicts);
  return verdicts;
}

const isIn = (verdict: Verdict | undefined): boolean => verdict !== undefined && isPassing(verdict);

/** Whatever the second lets in, the first lets in too. */
const ORDER: readonly (readonly [wider: string, stricter: string])[] = [
  ...PRESETS.filter(({ name }) => !['permissive', 'strict-development'].includes(name)).map(
    ({ name }) => ['permissive', name] as const,
  ),
  ['strict-development', 'strict'],
  ['standard', 'strict'],
  ['standard', 'no-google'],
  ['standard', 'banking'],
  ['banking', 'identity-provider'],
];

describe('what presets let in', () => {
  for (const [wider, stricter] of ORDER) {
    it(`${wider} lets in whatever ${stricter} does`, () => {
      const [ones, others] = [verdictsOf(wider), verdictsOf(stricter)];
      const sides = population.map((facts, index) => ({ facts, one: ones[index], other: others[index] }));
      const [missed] = sides.filter(({ one, other }) => isIn(other) && !isIn(one));
      assert.equal(missed, undefined, JSON.stringify(missed));
      const [both, more] = [
        sides.filter(({ other }) => isIn(other)),
        sides.filter(({ one, other }) => isIn(one) && !isIn(other)),
      ];
      assert.ok(both.length > 50 && more.length > 3, `${both.length} in both, ${more.length} in one alone`);
    });
  }

  it('no preset lets in development evidence but by name, nor anything that proves no platform, but App Check in the permissive one', () => {
    for (const facts of population.filter(({ platform }) => platform.known !== 'proven' || platform.value === 'dev')) {
      const isMigrating = facts.evidence.includes('firebase-app-check');
      for (const { name } of PRESETS) {
        if (isPassing(verdictOf(name, facts))) assert.ok(name === 'permissive' && isMigrating, name);
      }
    }
  });

  it('no preset needs a provider of signals, nor Google Play', () => {
    for (const device of ['android-strongbox', 'iphone-ios27']) {
      const facts = EXAMPLE_DEVICES[device];
      assert.ok(facts && Object.values(facts.threats).every(({ known }) => known === 'proven'));
      assert.equal(facts.evidence.includes('play-integrity'), false);
      for (const { name } of PRESETS) assert.equal(verdictOf(name, facts).tier, 'affirming', `${name} of ${device}`);
    }
  });

  it('a hint more never makes a verdict better', () => {
    const rank = ({ tier, assurance }: Verdict): number =>
      ['contraindicated', 'none', 'warning', 'affirming'].indexOf(tier) * ASSURANCES.length +
      ASSURANCES.indexOf(assurance);
    for (const facts of population.slice(0, 400)) {
      const { hooks } = facts.threats;
      if (hooks !== undefined) continue;
      const hinted: Facts = {
        ...facts,
        threats: { ...facts.threats, hooks: { known: 'claimed', value: true, by: 'freerasp' } },
      };
      for (const { name } of PRESETS) assert.ok(rank(verdictOf(name, hinted)) <= rank(verdictOf(name, facts)), name);
    }
  });
});
