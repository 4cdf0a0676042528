import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { der } from '@assay/formats';
import { parseCertificate } from '@assay/x509';
import { SCT_LIST } from '../../src/ct/oids.ts';
import { precertificateTbs } from '../../src/ct/precertificate.ts';
import { intermediate } from '../support/chain.ts';
import { sctExtension } from '../support/ct.ts';
import { type Extension, ecKeys, mintLeaf, NO_EXTENSIONS, type Spec } from '../support/mint.ts';

const keys = ecKeys();
const list = sctExtension(Uint8Array.of(0, 3, 0, 1, 7));
const tbsOf = (spec: Spec) => parseCertificate(mintLeaf(intermediate, { ...spec, keys }).der).tbs;
const filler = (length: number): Extension => ({ value: der.octets(new Uint8Array(length)) });

/** Only these extensions, in this order. */
const exactly = (extensions: Readonly<Record<string, Extension | undefined>>): Spec => ({
  extensions: { ...NO_EXTENSIONS.extensions, ...extensions },
});

describe('the signed part of the precertificate', () => {
  for (const [place, before, after] of [
    ['first', [], [1, 2]],
    ['between others', [1], [2]],
    ['last', [1, 2], []],
  ] as const) {
    it(`is the certificate's without the list, ${place}`, () => {
      const others = (numbers: readonly number[]) =>
        Object.fromEntries(numbers.map((each) => [`1.2.3.${each}`, filler(5)]));
      const logged = tbsOf(exactly({ ...others(before), [SCT_LIST]: list, ...others(after) }));
      const expected = tbsOf(exactly({ ...others(before), ...others(after) }));
      assert.notDeepEqual(logged, expected);
      assert.deepEqual(Buffer.from(precertificateTbs(logged)), Buffer.from(expected));
    });
  }

  // Lengths of the lists of extensions with and without the timestamps stand on both sides of 128 and of 256 octets.
  for (const length of [80, 90, 100, 110, 200, 210, 220, 230, 240]) {
    it(`has its lengths in the shortest form (${length})`, () => {
      const logged = tbsOf(exactly({ '1.2.3.1': filler(length), [SCT_LIST]: list }));
      const expected = tbsOf(exactly({ '1.2.3.1': filler(length) }));
      assert.deepEqual(Buffer.from(precertificateTbs(logged)), Buffer.from(expected));
    });
  }

  it('has no extensions at all when the list was the only one', () => {
    const logged = tbsOf(exactly({ [SCT_LIST]: list }));
    assert.deepEqual(Buffer.from(precertificateTbs(logged)), Buffer.from(tbsOf(exactly({}))));
  });

  it('is the same where there is no list', () => {
    const plain = tbsOf({});
    assert.deepEqual(Buffer.from(precertificateTbs(plain)), Buffer.from(plain));
  });
});
