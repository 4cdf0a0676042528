import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FACTS } from '@assay/policy';
import { mentionsIn } from '../../src/analysis/domains.ts';
import { pointAt, spaceOf } from '../../src/analysis/space.ts';
import { createSourceEnvironment } from '../../src/cel/environment.ts';

const spaceFor = (source: string) => spaceOf(mentionsIn([createSourceEnvironment([]).parse(source).ast], {}), 'proven');

describe('the space of an expression', () => {
  it('holds every combination once', () => {
    const space = spaceFor('device.locked && key.protection == "hardware" && weight < 1');
    const points = Array.from({ length: space.size }, (_, at) => {
      const { facts, settings } = pointAt(space, at);
      const seen = (['device.locked', 'key.protection'] as const).map((path) =>
        JSON.stringify(FACTS[path].read(facts)),
      );
      return [...seen, String(settings.weight)].join(' ');
    });
    // Two values, absent and claimed; three values, absent and claimed; 0, 1 and 2.
    assert.equal(space.size, 4 * 5 * 3);
    assert.equal(new Set(points).size, space.size);
    assert.equal(space.isExact, true);
  });

  it('is one point for an expression of no variables', () => {
    const space = spaceFor('true');
    assert.deepEqual([space.size, space.isExact], [1, true]);
    assert.deepEqual(pointAt(space, 0).settings.raised, []);
  });

  it('is not exact when one variable is not', () => {
    assert.equal(spaceFor('device.locked && glob(app.id, "a*")').isExact, false);
  });
});
