import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { utf8 } from '@assay/formats';
import { MAX_SECRET_BYTES, openRow, openSecret, sealSecret } from '@assay/secrets';
import { kek, random, ringOf, withCode } from './examples.ts';

const ring = ringOf(kek('k'));
const at = { iss: 'https://a.example/t/x/e/prod', app: 'com.example.bank', name: 'maps', version: 7 };
const value = utf8('AIza-not-a-key');

describe('secrets at rest', () => {
  it('open where they were sealed', async () => {
    assert.deepEqual(await openSecret(ring, await sealSecret(ring, value, at, random), at), value);
  });

  it('do not open in another app, issuer, name or version', async () => {
    const sealed = await sealSecret(ring, value, at, random);
    for (const other of [
      { app: 'com.example.evil' },
      { iss: 'https://a.example/t/y/e/prod' },
      { name: 'map' },
      { version: 6 },
    ]) {
      await assert.rejects(openSecret(ring, sealed, { ...at, ...other }), withCode('secrets.row_not_opened'));
    }
    await assert.rejects(
      openRow(ring, sealed, ['key', at.iss, at.app, at.name, '7']),
      withCode('secrets.row_not_opened'),
    );
  });

  it('are refused when they could not be delivered', async () => {
    await assert.rejects(
      sealSecret(ring, new Uint8Array(MAX_SECRET_BYTES + 1), at, random),
      withCode('secrets.value_too_large'),
    );
    for (const name of ['', 'a@b', 'a b', 'x'.repeat(65), 'ä']) {
      await assert.rejects(sealSecret(ring, value, { ...at, name }, random), withCode('secrets.name_invalid'));
    }
  });
});
