import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ABSENT, claimed, type Fact, type Facts, isPassing } from '@assay/core';
import { evaluatePolicy, FACT_PATHS, FACTS, type FactPath, type FactValue, type Policy, PRESETS } from '@assay/policy';
import fc from 'fast-check';
import { withFact } from '../../src/examples/facts.ts';
import { isNoBetter } from '../support.ts';
import { someFacts } from './population.ts';

const AT = Date.UTC(2026, 10, 21);
const population = fc.sample(someFacts, { numRuns: 100, seed: 99 });
const judge = (policy: Policy, facts: Facts) => evaluatePolicy(policy, facts, { at: AT, trace: false });

/** Facts whose silence a preset forgives: it says so by has(). */
const forgiven = ({ source }: Policy): ReadonlySet<string> =>
  new Set([...source.matchAll(/has\(([\w.]+)\)/g)].map(([, path = '']) => path));

/** What is raised reads silence too, and so does whether a kind of evidence is there: see docs/policy.md. */
const PATHS = FACT_PATHS.filter((path) => path !== 'evidence' && !path.startsWith('threats.'));

/** Something that an app could claim. */
function boastOf(path: FactPath): FactValue {
  const { type, values } = FACTS[path];
  const samples = { boolean: true, number: 1, texts: [], numbers: [2], text: 'a', version: '99', date: '2026-11' };
  return type === 'choice' ? (values?.[0] ?? '') : samples[type];
}

describe('silence, claims and outages', () => {
  for (const { name, policy } of PRESETS) {
    it(`make no verdict of ${name} better, but for what it asks with has()`, () => {
      const excused = forgiven(policy);
      for (const facts of population) {
        const verdict = judge(policy, facts);
        for (const path of PATHS) {
          const fact = FACTS[path].read(facts);
          if (fact.known !== 'proven') continue;
          const weaker: readonly Fact<FactValue>[] = [claimed(fact.value, 'x'), ...(excused.has(path) ? [] : [ABSENT])];
          for (const each of weaker) assert.ok(isNoBetter(judge(policy, withFact(facts, path, each)), verdict), path);
        }
        for (const away of ['play_unavailable', 'revocation_not_checked', 'device_check_unavailable']) {
          assert.ok(isNoBetter(judge(policy, { ...facts, degraded: [...facts.degraded, away] }), verdict), away);
        }
      }
    });

    it(`let nobody into ${name} who was not, but by rules that are content with claims`, () => {
      const content = new Set(policy.rules.flatMap(({ known, require }) => (known === 'claimed' ? require.facts : [])));
      for (const facts of population.filter((each) => !isPassing(judge(policy, each)))) {
        for (const path of PATHS.filter((each) => FACTS[each].read(facts).known === 'absent' && !content.has(each))) {
          const boasting = withFact(facts, path, claimed(boastOf(path), 'the app'));
          assert.ok(isNoBetter(judge(policy, boasting), judge(policy, facts)), path);
        }
      }
    });
  }
});
