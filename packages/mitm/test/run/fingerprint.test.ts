import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { CONTROL } from '../../src/battery/index.ts';
import type { ChainRecipe } from '../../src/recipe.ts';
import { fingerprintOf } from '../../src/run/fingerprint.ts';

const SHOWN = { chain: [Buffer.from('a leaf'), Buffer.from('an intermediate')] };
const about = (chain: ChainRecipe) => fingerprintOf({ ...CONTROL, recipe: { chain } }, SHOWN);
const expected = createHash('sha256').update('a leaf').digest('hex');

test('the fingerprint is that of the certificate shown first, while its key is pinned', () => {
  assert.equal(fingerprintOf(CONTROL, SHOWN), expected);
  assert.equal(about({ leaf: { key: 'backup' } }), expected);
  assert.equal(about({ authority: 'unknown' }), expected);
});

test('nobody has built in a certificate of another key, or one that is no leaf', () => {
  assert.equal(about({ leaf: { key: 'other' } }), undefined);
  assert.equal(about({ send: ['stranger', 'genuine'] }), undefined);
  assert.equal(fingerprintOf(CONTROL, { chain: [] }), undefined);
});
