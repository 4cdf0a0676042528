import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ShapeError } from '@assay/formats/shape';
import { ANNOTATION_LIMITS, readAnnotations } from '../../src/token/annotations.ts';

const { count, nameCharacters, characters, bytes } = ANNOTATION_LIMITS;
const many = (length: number, value: unknown) =>
  Object.fromEntries(Array.from({ length }, (_, index) => [`n${index}`, value]));

describe('readAnnotations', () => {
  it('takes a flat map of texts, whole numbers and truth values', () => {
    for (const each of [{}, { a: 'b c', n: -1, yes: true, no: false }, { empty: '' }, many(count, 1)]) {
      assert.deepEqual(readAnnotations(each, '$'), each);
    }
    readAnnotations({ ['n'.repeat(nameCharacters)]: '~'.repeat(characters) }, '$');
  });

  it('refuses everything else', () => {
    const bad: readonly unknown[] = [
      ...[null, [], 'text', 1, undefined],
      ...[{ a: null }, { a: [] }, { a: { b: 1 } }, { a: 1.5 }, { a: Number.NaN }, { a: 2 ** 53 }],
      ...[{ A: 1 }, { '': 1 }, { '1': 1 }, { 'a-b': 1 }, { ['n'.repeat(nameCharacters + 1)]: 1 }],
      ...[{ a: 'é' }, { a: 'line\n' }, { a: '~'.repeat(characters + 1) }],
      ...[many(count + 1, 1), many(count, '~'.repeat(characters))],
    ];
    for (const each of bad) assert.throws(() => readAnnotations(each, '$'), ShapeError, JSON.stringify(each));
  });

  it('bounds all of them together', () => {
    const filled = (last: number) => ({ ...many(7, '~'.repeat(characters)), last: '~'.repeat(last) });
    const room = bytes - JSON.stringify(filled(0)).length;
    readAnnotations(filled(room), '$');
    assert.throws(() => readAnnotations(filled(room + 1), '$'), ShapeError);
  });
});
