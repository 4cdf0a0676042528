import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPassing } from '@assay/core';
import { PRESETS, presetOf, testPolicy } from '@assay/policy';

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

      it('is a file with a comment, and says why of every rule', () => {
        assert.match(policy.source, /^# .+/);
        for (const { id, why } of policy.rules) assert.ok(why.endsWith('.'), id);
      });
    });
  }
});
