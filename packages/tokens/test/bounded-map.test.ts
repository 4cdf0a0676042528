import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createBoundedMap } from '../src/bounded-map.ts';

it('lets go of what was longest unused', () => {
  const map = createBoundedMap<number>(2);
  map.set('a', 1);
  map.set('b', 2);
  assert.equal(map.get('a'), 1);
  map.set('c', 3);
  assert.equal(map.get('b'), undefined);
  assert.equal(map.get('a'), 1);
  map.clear();
  assert.equal(map.get('a'), undefined);
});

it('remembers nothing at a capacity of 0', () => {
  const map = createBoundedMap<number>(0);
  map.set('a', 1);
  assert.equal(map.get('a'), undefined);
});
