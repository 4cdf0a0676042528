import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ShapeError } from '@assay/formats/shape';
import {
  about,
  choice,
  listOf,
  misfit,
  namedOf,
  objectOf,
  type Shape,
  tableOf,
  text,
  turned,
} from '../../src/document/shapes.ts';

const word = text(/^[a-z]+$/, 'a word');
const reads = (shape: Shape<unknown>, value: unknown): boolean => {
  try {
    shape.read(value, '$');
    return true;
  } catch (error) {
    assert.ok(error instanceof ShapeError);
    return false;
  }
};

describe('shapes', () => {
  it('read what their schema says, and nothing else', () => {
    for (const [shape, good, bad, schema] of [
      [word, 'abc', 'ABC', { type: 'string', pattern: '^[a-z]+$', description: 'a word' }],
      [choice(['a', 'b']), 'b', 'c', { enum: ['a', 'b'] }],
      [listOf(word, 2, 1), ['a'], [], { type: 'array', minItems: 1, maxItems: 2 }],
      [tableOf(word, choice(['x']), 1), { a: 'x' }, { A: 'x' }, { type: 'object', maxProperties: 1 }],
      [objectOf({ a: word }, { b: word }), { a: 'x' }, { b: 'x' }, { required: ['a'], additionalProperties: false }],
    ] as const) {
      assert.equal(reads(shape, good), true);
      assert.equal(reads(shape, bad), false);
      assert.partialDeepStrictEqual(shape.schema, schema);
    }
  });

  it('name every twin at its own place', () => {
    const entries = namedOf(objectOf({ id: word }), 'id', 9);
    assert.throws(
      () => entries.read([{ id: 'a' }, { id: 'b' }, { id: 'a' }, { id: 'b' }], '$'),
      (error: unknown) => {
        assert.ok(error instanceof ShapeError);
        assert.deepEqual(
          error.faults.map(({ path }) => path),
          ['$[2].id', '$[3].id'],
        );
        return true;
      },
    );
    assert.equal(entries.read([{ id: 'a' }, { id: 'b' }], '$').length, 2);
  });

  it('can be described and read further', () => {
    assert.equal(about(word, 'other words').schema['description'], 'other words');
    const short = turned(word, (value, path) => (value.length < 3 ? value.length : misfit(path, 'a short word')));
    assert.equal(short.read('ab', '$'), 2);
    assert.equal(reads(short, 'abc'), false);
  });
});
