import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  celTypeOf,
  createFlatEnvironment,
  createSourceEnvironment,
  flatName,
  isSetting,
} from '../../src/cel/environment.ts';
import { FACT_PATHS } from '../../src/facts.ts';

describe('the environment', () => {
  it('declares every fact, with one type in both forms', () => {
    const [source, flat] = [createSourceEnvironment(['keys']), createFlatEnvironment(['keys'])];
    for (const path of FACT_PATHS) {
      assert.equal(source.check(path).type, celTypeOf(path), path);
      assert.equal(flat.check(flatName(path)).type, celTypeOf(path), path);
    }
    assert.equal(source.check('lists.keys').type, 'list<string>');
    assert.equal(flat.check('lists_keys').type, 'list<string>');
  });

  it('gives every fact a variable of its own', () => {
    assert.equal(new Set(FACT_PATHS.map(flatName)).size, FACT_PATHS.length);
    assert.ok(FACT_PATHS.every((path) => !isSetting(flatName(path)) && !flatName(path).startsWith('lists')));
  });

  it('knows no inherited names', () => {
    for (const name of ['toString', 'constructor', '__proto__']) assert.equal(isSetting(name), false);
  });
});
