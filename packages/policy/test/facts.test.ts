import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noFacts, THREAT_NAMES } from '@assay/core';
import { FACT_PATHS, FACTS, isFactPath } from '@assay/policy';
import { androidFacts, withFact } from './support.ts';

const NO_FACTS = ['v', 'signals', 'degraded', 'threats'];

/** Paths of every fact in core's own empty value, found by its shape. */
function pathsOfShape(): string[] {
  const isLeaf = (value: unknown): boolean =>
    Array.isArray(value) || (typeof value === 'object' && value !== null && 'known' in value);
  return Object.entries(noFacts())
    .filter(([name]) => !NO_FACTS.includes(name))
    .flatMap(([name, value]) => (isLeaf(value) ? [name] : Object.keys(value).map((member) => `${name}.${member}`)));
}

describe('the table of facts', () => {
  it('names every fact of the schema, and no other', () => {
    const expected = [...pathsOfShape(), ...THREAT_NAMES.map((name) => `threats.${name}`)];
    assert.deepEqual(FACT_PATHS.toSorted(), expected.toSorted());
  });

  it('reads each fact from its own place', () => {
    for (const path of FACT_PATHS) {
      const value = FACTS[path].values?.[0] ?? (path === 'evidence' ? ['x'] : 'x');
      assert.deepEqual(Object.entries(FACTS[path].read(withFact(noFacts(), path, value)))[1], ['value', value], path);
      assert.equal(FACTS[path].read(noFacts()).known, 'absent', path);
    }
  });

  it('takes the list of evidence as proven', () => assert.equal(FACTS.evidence.read(androidFacts()).known, 'proven'));

  it('lists the values of every choice', () => {
    for (const path of FACT_PATHS) {
      if (FACTS[path].type === 'choice') assert.ok((FACTS[path].values?.length ?? 0) > 1, path);
    }
  });

  it('knows no inherited names', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'v', 'device', 'device.imei', 'threats.toString'])
      assert.equal(isFactPath(name), false);
  });
});
