import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ConfigError } from '@assay/core';
import { createFixedKeys } from '../../src/keys/key-source.ts';
import { generateSigningKey } from '../../src/signing-key.ts';
import { withCode } from '../kit.ts';

const { key } = generateSigningKey();

it('finds what it was given and nothing else', async () => {
  const keys = createFixedKeys([key]);
  assert.ok(keys.current(key.kid) !== undefined);
  assert.equal(await keys.find(key.kid), keys.current(key.kid));
  assert.equal(await keys.find('other'), undefined);
});

it('refuses no keys, and two of one name', () => {
  assert.throws(() => createFixedKeys([]), withCode('tokens.list_empty'));
  assert.throws(() => createFixedKeys([key, key]), withCode('tokens.key_ring_invalid'));
});

it('takes a point that is not on the curve for a fault of the operator', () => {
  const off = { kid: 'off', publicJwk: { ...key.publicJwk, y: 'A'.repeat(43) } };
  assert.throws(
    () => createFixedKeys([key, off]),
    (error: unknown) => error instanceof ConfigError && error.code === 'tokens.key_ring_invalid',
  );
});
