import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ShapeError } from '@assay/formats/shape';
import { ANNOTATION_LIMITS, fittingAnnotations, readAnnotations } from '../../src/token/annotations.ts';

const { count, nameCharacters, characters, bytes } = ANNOTATION_LIMITS;
const many = <T>(length: number, value: T): Record<string, T> =>
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

describe('fittingAnnotations', () => {
  it('keeps what a token may carry, in order, and leaves out the rest', () => {
    const mixed = { a: 1, long: 'x'.repeat(characters + 1), umlaut: 'ä', b: 'two', half: 0.5, c: true };
    assert.deepEqual(fittingAnnotations(mixed), { a: 1, b: 'two', c: true });
    assert.deepEqual(fittingAnnotations({}), {});
  });

  it('ends within the bytes that are left', () => {
    const all = many(count, '~'.repeat(characters));
    const kept = fittingAnnotations(all);
    assert.deepEqual(Object.keys(kept), Object.keys(all).slice(0, 7));
    readAnnotations(kept, '$');
    assert.equal(Object.keys(fittingAnnotations(all, ANNOTATION_LIMITS.sealedBytes)).length, 3);
    assert.deepEqual(fittingAnnotations({ ...all, small: 1 }, 300), { ...many(2, '~'.repeat(characters)), small: 1 });
  });
});
