import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noFacts } from '@assay/core';
import { FACTS, isFactPath } from '@assay/policy';
import { androidFacts, paths, withFact } from './examples.ts';

/** Paths of every fact in core's own empty value, found by its shape. */
function pathsOfShape(): string[] {
  const isLeaf = (value: unknown): boolean =>
    Array.isArray(value) || (typeof value === 'object' && value !== null && 'known' in value);
  return Object.entries(noFacts())
    .filter(([name]) => name !== 'v')
    .flatMap(([name, value]) => (isLeaf(value) ? [name] : Object.keys(value).map((member) => `${name}.${member}`)));
}

describe('the table of facts', () => {
  it('names every fact of the schema, and no other', () => {
    assert.deepEqual(paths().toSorted(), pathsOfShape().toSorted());
  });

  it('reads each fact from its own place', () => {
    for (const path of paths().filter((each) => each !== 'signals')) {
      const value = FACTS[path].values?.[0] ?? (path === 'evidence' ? ['x'] : 'x');
      assert.deepEqual(Object.entries(FACTS[path].read(withFact(noFacts(), path, value)))[1], ['value', value], path);
      assert.equal(FACTS[path].read(noFacts()).known, 'absent', path);
    }
  });

  it('takes the list of evidence as proven and signals as claimed', () => {
    assert.equal(FACTS.evidence.read(androidFacts()).known, 'proven');
    assert.equal(FACTS.signals.read(androidFacts()).known, 'claimed');
  });

  it('lists the values of every choice', () => {
    for (const path of paths()) assert.equal(FACTS[path].values !== undefined, FACTS[path].type === 'choice', path);
  });

  it('knows no inherited names', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'v', 'device', 'device.imei'])
      assert.equal(isFactPath(name), false);
  });
});
