import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RequestError } from '@assay/core';
import type { JsonValue } from '@assay/formats';
import { boolean, exactly, listOf, mapOf, oneOf, type Reader, text, whole } from '../../src/wire/shape.ts';
import { withCode } from './documents.ts';

const letters = text(/^[a-z]+$/, 'letters');

const rows: readonly [string, Reader<unknown>, JsonValue | undefined, readonly (JsonValue | undefined)[]][] = [
  ['text', letters, 'abc', ['', 'A', 1, null, undefined, ['abc']]],
  ['whole numbers', whole(1, 9), 9, [0, 10, 1.5, '5', true, undefined]],
  ['choices', oneOf('a', 'b'), 'b', ['c', 0, null, undefined]],
  ['booleans', boolean, false, [0, 'true', null, undefined]],
  ['lists', listOf(letters, 2, String), ['a', 'b'], [[], ['a', 'a'], ['a', 'b', 'c'], ['A'], {}, 'a']],
  ['maps', mapOf(/^[a-z]$/, letters, 1), { a: 'x' }, [{}, { A: 'x' }, { a: 'x', b: 'x' }, { a: 1 }, [], null]],
  [
    'objects',
    (value, path) => exactly(value, path, ['a'], ['b']),
    { a: 1 },
    [{}, { b: 1 }, { a: 1, c: 1 }, [], 'a', null],
  ],
];

describe('reader of documents', () => {
  for (const [name, read, good, bad] of rows) {
    it(`reads ${name}`, () => {
      assert.doesNotThrow(() => read(good, '$'));
      for (const value of bad)
        assert.throws(() => read(value, '$'), withCode('pins.document_malformed'), JSON.stringify(value));
    });
  }

  it('names the place of the fault', () => {
    assert.throws(
      () => listOf(letters, 9, String)(['a', 'B'], '$.x'),
      (error: RequestError) => error.detail.found === '$.x[1]',
    );
  });
});
