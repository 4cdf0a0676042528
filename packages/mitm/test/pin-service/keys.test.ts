import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NODE_PIN_CRYPTO } from '@assay/pins';
import { makeRoleKey, roleOf } from '../../src/pin-service/keys.ts';

test('what a role key signs, its public half proves; another of the same name does not', async () => {
  const [mine, namesake] = [makeRoleKey('pins-1'), makeRoleKey('pins-1')];
  const bytes = Buffer.from('a pin set');
  const signature = await mine.sign(bytes);
  assert.equal(await NODE_PIN_CRYPTO.verify(mine.jwk, bytes, signature), true);
  assert.equal(await NODE_PIN_CRYPTO.verify(namesake.jwk, bytes, signature), false);
});

test('a role of one key asks for that key', () => {
  const key = makeRoleKey('pins-1');
  assert.deepEqual(roleOf(key), { keys: new Map([['pins-1', key.jwk]]), threshold: 1 });
});
