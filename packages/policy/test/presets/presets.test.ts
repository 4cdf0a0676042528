import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPassing } from '@assay/core';
import { deadRules, evaluatePolicy, PRESETS, presetOf, testPolicy } from '@assay/policy';
import fc from 'fast-check';
import { someFacts } from './population.ts';

const AT = Date.UTC(2026, 10, 21);
const population = fc.sample(someFacts, { numRuns: 900, seed: 3 });

describe('presets', () => {
  it('has one for every purpose', () => {
    assert.deepEqual(
      PRESETS.map(({ name }) => name),
      [
        ...['standard', 'permissive', 'strict', 'strict-development', 'banking'],
        ...['identity-provider', 'health', 'e-commerce', 'enterprise', 'no-google'],
      ],
    );
  });

  it('finds one by its name, read once', () => {
    assert.equal(presetOf('banking'), presetOf('banking'));
    assert.equal(presetOf('banking')?.name, 'banking');
    for (const name of ['__proto__', 'Banking', '']) assert.equal(presetOf(name), undefined);
  });

  for (const { name, policy } of PRESETS) {
    describe(name, () => {
      const results = testPolicy(policy);
      for (const result of results) {
        it(result.name, () => assert.deepEqual(result.mismatches, []));
      }

      it('lets one of its examples in at least, and refuses another', () => {
        const passed = results.filter(({ verdict }) => isPassing(verdict)).length;
        assert.ok(passed >= 1 && passed < results.length);
      });

      it('has no rule that can never fire, nor one that can never hold', () => {
        assert.deepEqual(deadRules(policy), []);
      });

      it('has no rule that no device of a mixed fleet meets, and none that none breaks', () => {
        const traces = population.flatMap((facts) => evaluatePolicy(policy, facts, { at: AT }).trace);
        for (const outcome of ['held', 'failed']) {
          const seen = new Set(traces.filter((each) => each.outcome === outcome).map(({ rule }) => rule));
          assert.deepEqual(
            policy.rules.map(({ id }) => id).filter((id) => !seen.has(id)),
            [],
            outcome,
          );
        }
      });

      it('is a file with a comment, and says why of every rule', () => {
        assert.match(policy.source, /^# .+/);
        for (const { id, why } of policy.rules) assert.ok(why.endsWith('.'), id);
      });
    });
  }
});
