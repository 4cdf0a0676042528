import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { flag, ShapeError } from '@assay/formats/shape';
import { passedOver, text, textOrList, vendorObject, wholeNumber } from '../../src/shared/vendor-json.ts';

const SHAPE = { name: text(4), inner: { on: flag, many: textOrList(4, 2) }, count: wholeNumber } as const;
const read = vendorObject(SHAPE);

describe('JSON of vendors', () => {
  it('may lack every member, and hold others', () => {
    for (const value of [{}, { inner: {} }, { name: 'a', inner: { on: true, many: ['b'] }, count: 1 }]) {
      assert.deepEqual(read(value, '$'), value);
    }
    assert.deepEqual(read({ news: 1, inner: { news: 1 } }, '$'), { inner: {} });
  });

  it('holds what it holds in the right type, and no null', () => {
    for (const value of [
      null,
      [],
      'a',
      { name: 1 },
      { name: 'aaaaa' },
      { name: null },
      { inner: [] },
      { inner: { on: 1 } },
    ]) {
      assert.throws(() => read(value, '$'), ShapeError);
    }
  });

  it('writes whole numbers as numbers or digits', () => {
    for (const value of [0, 7, '0', '1765000000000', Number.MAX_SAFE_INTEGER]) {
      assert.equal(wholeNumber(value, '$'), Number(value));
    }
    for (const value of [-1, 0.5, '-1', '01', '1e3', ' 1', '', '99999999999999999', Number.NaN, true, null]) {
      assert.throws(() => wholeNumber(value, '$'), ShapeError, String(value));
    }
  });

  it('writes a list of one as one text', () => {
    const list = textOrList(4, 2);
    assert.deepEqual([list('a', '$'), list(['a', 'b'], '$'), list([], '$')], [['a'], ['a', 'b'], []]);
    for (const value of ['aaaaa', ['a', 'b', 'c'], [1], {}]) assert.throws(() => list(value, '$'), ShapeError);
  });

  it('is told by what was passed over, as far as that are names', () => {
    const value = { news: 1, 'a b': 1, '<script>': 1, inner: { more: {} }, constructor: 1 };
    assert.deepEqual(passedOver(value, SHAPE), ['news', 'inner.more', 'constructor']);
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`n${at}`, 1]));
    assert.equal(passedOver(many, SHAPE).length, 8);
  });
});
