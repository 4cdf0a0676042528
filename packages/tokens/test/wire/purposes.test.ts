import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CHALLENGES, PURPOSE_NAMES, PURPOSES } from '../../src/wire/purposes.ts';

it('gives every kind of challenge a number of its own and an age', () => {
  const rows = Object.values(CHALLENGES);
  assert.equal(new Set(rows.map(({ number }) => number)).size, rows.length);
  assert.ok(rows.every(({ maxAgeSeconds }) => maxAgeSeconds >= 300 && maxAgeSeconds <= 900));
});

it('lets a refresh rest on the challenge of a reply for 900 s, on one from the endpoint for 300 s', () => {
  const { challenge, asked } = PURPOSES.refresh;
  assert.deepEqual([CHALLENGES[challenge].maxAgeSeconds, CHALLENGES[asked].maxAgeSeconds], [900, 300]);
  const others = PURPOSE_NAMES.filter((name) => name !== 'refresh').map((name) => PURPOSES[name]);
  for (const row of others) assert.equal(row.asked, row.challenge);
});

it('lists every purpose, and lets none but a refresh come without evidence', () => {
  assert.deepEqual([...PURPOSE_NAMES].sort(), Object.keys(PURPOSES).sort());
  const bare = PURPOSE_NAMES.filter((name) => PURPOSES[name].minEvidence === 0);
  assert.deepEqual(bare, ['refresh']);
});
