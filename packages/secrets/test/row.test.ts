import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { utf8 } from '@assay/formats';
import { kekIdOf, openRow, type Place, rewrapRow, sealRow } from '@assay/secrets';
import fc from 'fast-check';
import { kek, random, ringOf, withCode } from './examples.ts';

const [first, second] = [kek('first'), kek('second')];
const ring = ringOf(first);
const place: Place = ['key', 'https://a.example/t/x/e/prod', 'token', 'k1'];
const value = utf8('a private key');

describe('sealed rows', () => {
  it('open in their place', async () => {
    const sealed = await sealRow(ring, value, place, random);
    assert.match(sealed, /^v1\.[\w-]+\.[\w-]{16}\.[\w-]{80}\.[\w-]+$/);
    assert.deepEqual(await openRow(ring, sealed, place), value);
  });

  it('hold empty values too', async () => {
    assert.deepEqual(
      await openRow(ring, await sealRow(ring, new Uint8Array(), place, random), place),
      new Uint8Array(),
    );
  });

  it('open in no other place', async () => {
    const sealed = await sealRow(ring, value, place, random);
    const others: Place[] = [
      ['secret', ...place.slice(1)],
      ['key', 'https://a.example/t/x/e/dev', 'token', 'k1'],
      ['key', 'https://a.example/t/x/e/prod', 'reply', 'k1'],
      ['key', 'https://a.example/t/x/e/prod', 'token', 'k2'],
      ['key', 'https://a.example/t/x/e/prod', 'tokenk1'],
      ['key', 'https://a.example/t/x/e/prod', 'token', 'k1', ''],
    ];
    for (const other of others) await assert.rejects(openRow(ring, sealed, other), withCode('secrets.row_not_opened'));
  });

  it('never share keys: parts of two rows do not mix', async () => {
    const [a, b] = [await sealRow(ring, value, place, random), await sealRow(ring, value, place, random)];
    const [partsA, partsB] = [a.split('.'), b.split('.')];
    for (const at of [2, 3, 4]) {
      const mixed = partsA.with(at, partsB[at] ?? '').join('.');
      await assert.rejects(openRow(ring, mixed, place), withCode('secrets.row_not_opened'));
    }
  });

  it('are rewrapped under a new key without the old one being needed again', async () => {
    const sealed = await sealRow(ring, value, place, random);
    const rewrapped = await rewrapRow(ringOf(second, first), sealed);
    assert.deepEqual([kekIdOf(sealed), kekIdOf(rewrapped)], [first.id, second.id]);
    assert.deepEqual(await openRow(ringOf(second), rewrapped, place), value);
    assert.equal(rewrapped.split('.')[4], sealed.split('.')[4]);
    assert.equal(await rewrapRow(ringOf(second, first), rewrapped), rewrapped);
    await assert.rejects(openRow(ringOf(second), sealed, place), withCode('secrets.kek_unknown'));
  });

  it('do not take another key’s id', async () => {
    const sealed = await sealRow(ring, value, place, random);
    const renamed = sealed.replace(first.id, second.id);
    await assert.rejects(openRow(ringOf(first, second), renamed, place), withCode('secrets.kek_wrong'));
  });

  it('are refused in any other form', async () => {
    const sealed = await sealRow(ring, value, place, random);
    for (const text of [
      '',
      'v1',
      sealed.replace('v1', 'v2'),
      `${sealed}.x`,
      `${sealed}=`,
      sealed.replace(/\.[^.]*$/, ''),
      ` ${sealed}`,
    ]) {
      await assert.rejects(openRow(ring, text, place), withCode('secrets.row_malformed'));
    }
  });

  it('give a value or a coded error for any text', async () => {
    const sealed = await sealRow(ring, value, place, random);
    const mutated = fc
      .tuple(fc.nat(sealed.length - 1), fc.constantFrom(...'.=-_A9z '))
      .map(([at, part]) => sealed.slice(0, at) + part + sealed.slice(at + 1));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), mutated), async (text) => {
        if (text === sealed) return;
        await assert.rejects(openRow(ring, text, place), ConfigError);
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
