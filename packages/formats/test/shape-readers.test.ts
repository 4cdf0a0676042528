import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  distinct,
  encodedBytes,
  flag,
  integer,
  json,
  list,
  matching,
  object,
  oneOf,
  type Reader,
  ShapeError,
  table,
  word,
} from '@assay/formats/shape';
import fc from 'fast-check';

/** The paths of what a reader finds wrong. */
function pathsOf(read: Reader<unknown>, value: unknown): readonly string[] {
  try {
    read(value, '$');
  } catch (error) {
    if (error instanceof ShapeError) return error.faults.map(({ path }) => path);
    throw error;
  }
  return [];
}

const letters = matching(/^[a-z]+$/, 'letters');

const SINGLE: readonly [string, Reader<unknown>, readonly unknown[], readonly unknown[]][] = [
  ['word', word(4), ['a', '~!-z'], ['', 'a b', 'é', 'abcde', 'a\n', 1]],
  ['matching', letters, ['abc'], ['', 'A', ['abc']]],
  ['integer', integer(1, 9), [1, 9], [0, 10, 1.5, '5', true, Number.NaN]],
  ['integer without a bound', integer(0), [0, Number.MAX_SAFE_INTEGER], [-1, 2 ** 53]],
  ['flag', flag, [true, false], [0, 'true']],
  ['oneOf', oneOf(['a', 1]), ['a', 1], ['b', '1', 0]],
  ['list', list(letters, 2), [[], ['a', 'a']], [{}, 'a', ['a', 'b', 'c']]],
  ['list that is not empty', list(letters, 2, 1), [['a']], [[]]],
  ['distinct', distinct(letters, 3), [[], ['a', 'b']], [['a', 'a']]],
  ['distinct by name', distinct(object({ n: letters, v: flag }), 3, 0, ({ n }) => n), [[]], [twins()]],
  ['table', table(letters, flag, 1), [{}, { a: true }], [{ a: true, b: true }, [], 'a']],
  ['table that is not empty', table(letters, flag, 2, 1), [{ a: true }], [{}]],
  ['object', object({ a: json }, { b: json }), [{ a: null }, { a: 1, b: 1 }], [{ a: 1, c: 1 }, [], 'a']],
  ['open object', object({ a: json }, {}, { open: true }), [{ a: 1 }], [[]]],
];

function twins(): readonly object[] {
  return [
    { n: 'a', v: true },
    { n: 'a', v: false },
  ];
}

describe('readers', () => {
  for (const [name, read, good, bad] of SINGLE) {
    it(`read ${name} as it is, and refuse everything else`, () => {
      for (const value of good) assert.deepEqual(read(value, '$'), value);
      for (const value of [...bad, null, undefined]) assert.deepEqual(pathsOf(read, value), ['$'], String(value));
    });
  }

  it('take bytes in their one canonical form', () => {
    for (const length of [1, 2, 3, 16, 32, 65]) {
      const text = Buffer.alloc(length, 0xff).toString('base64url');
      const read = encodedBytes(length);
      assert.equal(read(text, '$'), text);
      const others = [`${text}=`, `${text}A`, text.slice(1), `+${text.slice(1)}`, `${text}\n`];
      if (length % 3 !== 0) others.push(`${text.slice(0, -1)}_`);
      for (const other of others) assert.deepEqual(pathsOf(read, other), ['$'], other);
    }
  });

  it('ignore unknown members of an open object', () => {
    assert.deepEqual(object({ a: json }, {}, { open: true })({ a: 1, c: 1 }, '$'), { a: 1 });
  });

  it('name all faults together by their paths', () => {
    const read = object({ a: integer(1, 3), b: list(flag, 2) }, { c: word(4), d: table(letters, flag, 3) });
    const value = { a: 4, b: [1, true], c: 'five!', d: { 'B\n': true, e: 1 }, f: 1 };
    assert.deepEqual(pathsOf(read, value), ['$', '$.a', '$.b[0]', '$.c', '$.d.*', '$.d.e']);
  });

  it('keep the names of unknown members out of the message', () => {
    assert.throws(
      () => object({ a: json })({ a: 1, hostile: 1, 'other\n': 1 }, '$'),
      (error: unknown) => {
        assert.ok(error instanceof ShapeError);
        assert.deepEqual(error.faults, [
          { path: '$', expected: 'no members but a', unknown: ['hostile', 'other\n'], known: ['a'] },
        ]);
        return error.message === '$: no members but a';
      },
    );
  });

  it('take neither inherited members for given ones, nor undefined for a value', () => {
    assert.deepEqual(pathsOf(object({ toString: json }), {}), ['$.toString']);
    assert.deepEqual(pathsOf(object({}), JSON.parse('{"__proto__":1}')), ['$']);
    assert.deepEqual(pathsOf(object({ a: json }), { a: undefined }), ['$.a']);
    assert.deepEqual(object({}, { a: flag })({ a: undefined }, '$'), {});
  });

  it('let errors that are no fault of the value through', () => {
    const broken: Reader<never> = () => assert.fail('broken reader');
    for (const [read, value] of [
      [object({ a: broken }), { a: 1 }],
      [list(broken, 3), [1]],
      [table(letters, broken, 3), { a: 1 }],
    ] as const) {
      assert.throws(() => read(value, '$'), assert.AssertionError);
    }
  });

  it('give what was asked for or one error, for any JSON', () => {
    const read = object({ a: list(table(letters, integer(0), 3), 3) }, { b: distinct(word(3), 2) });
    const any = fc.oneof(fc.jsonValue(), fc.record({ a: fc.jsonValue(), b: fc.jsonValue() }));
    fc.assert(
      fc.property(any, (made) => {
        const value: unknown = JSON.parse(JSON.stringify(made));
        if (pathsOf(read, value).length === 0) assert.deepEqual(read(value, '$'), value);
      }),
      { seed: 7, numRuns: 1000 },
    );
  });
});
