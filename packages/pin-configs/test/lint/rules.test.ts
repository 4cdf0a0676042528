import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleProject } from '../../src/lint/example.ts';
import { lint } from '../../src/lint/lint.ts';
import type { ExampleFile, Rule } from '../../src/lint/rule.ts';
import { RULES } from '../../src/lint/rules/index.ts';

const found = (rule: Rule, files: readonly ExampleFile[], live?: Rule['liveExample']) =>
  lint({ ...exampleProject(files), ...(live === undefined ? {} : { live }) }, { rules: [rule] }).findings;

describe('the rules', () => {
  it('are listed in the order of their ids, each once', () => {
    const ids = RULES.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)].sort());
    assert.ok(RULES.every(({ id }) => /^[A-Z]\d{3}$/.test(id)));
  });

  for (const rule of RULES) {
    it(`${rule.id} ${rule.name} fires on each example that it gives, and on none of the others`, () => {
      assert.ok(rule.fires.length > 0 && rule.passes.length > 0);
      for (const [index, files] of rule.fires.entries()) {
        assert.ok(found(rule, files, rule.liveExample).length > 0, `fires[${index}] is silent`);
      }
      for (const [index, files] of rule.passes.entries()) {
        assert.deepEqual(found(rule, files, rule.liveExample), [], `passes[${index}]`);
      }
    });

    it(`${rule.id} says why, for whom, and what to do`, () => {
      const { name, summary, why, attacker, lockout, fix, masvs, maswe } = rule;
      for (const text of [summary, why, attacker, lockout, fix]) assert.ok(text.length >= 6, text);
      assert.match(name, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      assert.match(masvs, /^MASVS-[A-Z]+-\d$/);
      assert.match(maswe, /^MASWE-\d{4}$/);
    });
  }
});
