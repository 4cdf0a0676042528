import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Faults, list, object, oneOf, type Reader, text, wholeNumber } from '../src/shape.ts';

const reader = object(
  { name: text(/^[a-z]+$/, 'letters') },
  { sizes: list(wholeNumber(1, 9), 2), kind: oneOf(['x', 'y']) },
);

function pathsOf<T>(read: Reader<T>, value: unknown): string[] {
  try {
    read(value, '$');
  } catch (error) {
    if (error instanceof Faults) return error.list.map(({ path }) => path);
    throw error;
  }
  return [];
}

const rows: readonly [string, unknown, readonly string[]][] = [
  ['a whole object', { name: 'a', sizes: [1, 9], kind: 'y' }, []],
  ['optional members left out', { name: 'a' }, []],
  ['a missing member', {}, ['$.name']],
  ['an unknown member', { name: 'a', extra: 1 }, ['$.extra']],
  ['inherited names', JSON.parse('{"name":"a","__proto__":1,"constructor":1}'), ['$.__proto__', '$.constructor']],
  ['every fault together', { name: 1, sizes: [0, 'x'], kind: 'z' }, ['$.name', '$.sizes[0]', '$.sizes[1]', '$.kind']],
  ['an empty list', { name: 'a', sizes: [] }, ['$.sizes']],
  ['a list too long', { name: 'a', sizes: [1, 1, 1] }, ['$.sizes']],
  ['a fraction', { name: 'a', sizes: [1.5] }, ['$.sizes[0]']],
  ['null', null, ['$']],
  ['a list for an object', [], ['$']],
];

describe('strict reader', () => {
  for (const [name, value, faults] of rows) it(name, () => assert.deepEqual(pathsOf(reader, value), faults));

  it('lets errors that are not faults through', () => {
    const broken = object({ a: () => assert.fail('broken reader') });
    assert.throws(() => broken({ a: 1 }, '$'), assert.AssertionError);
  });
});
