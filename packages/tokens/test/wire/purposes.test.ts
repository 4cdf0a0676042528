import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CHALLENGES, PURPOSE_NAMES, PURPOSES } from '../../src/wire/purposes.ts';

it('gives every kind of challenge a number of its own and an age', () => {
  const rows = Object.values(CHALLENGES);
  assert.equal(new Set(rows.map(({ number }) => number)).size, rows.length);
  assert.ok(rows.every(({ maxAgeSeconds }) => maxAgeSeconds >= 300 && maxAgeSeconds <= 900));
});

it('lists every purpose, and lets none but a refresh come without evidence', () => {
  assert.deepEqual([...PURPOSE_NAMES].sort(), Object.keys(PURPOSES).sort());
  const bare = PURPOSE_NAMES.filter((name) => PURPOSES[name].minEvidence === 0);
  assert.deepEqual(bare, ['refresh']);
});
