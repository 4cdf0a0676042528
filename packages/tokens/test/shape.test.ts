import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { distinct, encodedBytes, Faults, flag, integer, json, list, object, oneOf, table, word } from '../src/shape.ts';

const faultsOf = (run: () => unknown): readonly string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof Faults) return error.list;
    throw error;
  }
  return [];
};

describe('readers', () => {
  const read = object({ a: integer(1, 3), b: list(flag, 2) }, { c: word(4) });

  it('give the value as read', () => {
    assert.deepEqual(read({ a: 2, b: [true] }, '$'), { a: 2, b: [true] });
    assert.deepEqual(read({ a: 2, b: [], c: 'x' }, '$'), { a: 2, b: [], c: 'x' });
  });

  it('name all faults together by their paths', () => {
    const faults = faultsOf(() => read({ a: 4, b: [1, true], c: 'five!' }, '$'));
    assert.deepEqual(
      faults.map((each) => each.split(':')[0]),
      ['$.a', '$.b[0]', '$.c'],
    );
  });

  it('refuse unknown members without repeating their names, and missing ones', () => {
    const [unknown] = faultsOf(() => read({ a: 1, b: [], hostile: 1 }, '$'));
    assert.ok(unknown !== undefined && !unknown.includes('hostile'));
    assert.deepEqual(
      faultsOf(() => read({ b: [] }, '$')),
      ['$.a: is missing'],
    );
    assert.deepEqual(object({}, {}, { open: true })({ other: 1 }, '$'), {});
  });

  it('do not take inherited members for given ones', () => {
    assert.deepEqual(
      faultsOf(() => object({ toString: json })({}, '$')),
      ['$.toString: is missing'],
    );
  });

  it('take bytes in their one canonical form', () => {
    for (const length of [1, 2, 3, 16, 32, 65]) {
      const text = Buffer.alloc(length, 0xff).toString('base64url');
      const read = encodedBytes(length);
      assert.equal(read(text, '$'), text);
      const others = [`${text}=`, `${text}A`, text.slice(1), `+${text.slice(1)}`, `${text}\n`];
      if (length % 3 !== 0) others.push(`${text.slice(0, -1)}_`);
      for (const other of others) assert.equal(faultsOf(() => read(other, '$')).length, 1, other);
    }
  });

  it('refuse other kinds', () => {
    for (const value of [null, [], 'a', 1, true]) assert.equal(faultsOf(() => read(value, '$')).length, 1);
    assert.equal(faultsOf(() => integer(0)(1.5, '$')).length, 1);
    assert.equal(faultsOf(() => oneOf(['a'])('b', '$')).length, 1);
    assert.equal(faultsOf(() => distinct(word(9), 3)(['a', 'a'], '$')).length, 1);
    assert.equal(faultsOf(() => table(word(2), flag, 1)({ a: true, b: true }, '$')).length, 1);
    assert.deepEqual(table(word(2), flag, 1)({ a: true }, '$'), { a: true });
  });
});
