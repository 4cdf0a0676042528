import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { numberOctets, VectorReader, vectorOctets } from '../../src/ct/vectors.ts';
import { fault } from '../support/chain.ts';

const reader = (...octets: number[]) => new VectorReader(Uint8Array.from(octets), 'ct.list_malformed');

describe('vectors of TLS', () => {
  it('are read in order, to the end', () => {
    const vectors = reader(0, 2, 7, 8, 0, 0, 1, 2, 3);
    assert.deepEqual([...vectors.vector(1)], [7, 8]);
    assert.deepEqual([...vectors.vector(0)], []);
    assert.equal(vectors.number(3), 0x010203);
    assert.ok(vectors.isEmpty);
    vectors.end();
  });

  for (const [what, run] of [
    ['a vector longer than the input', () => reader(0, 2, 7).vector(0)],
    ['half a length', () => reader(0).vector(0)],
    ['an empty vector where one octet must be', () => reader(0, 0).vector(1)],
    ['octets behind the end', () => reader(1).end()],
    ['a number that a signature covers and that would lose bits', () => reader(0, 0x20, 0, 0, 0, 0, 0, 0).number(8)],
  ] as const) {
    it(`refuse ${what}`, () => assert.throws(run, fault('ct.list_malformed')));
  }

  it('reads the largest exact number', () => {
    assert.equal(reader(0, 0x1f, 255, 255, 255, 255, 255, 255).number(8), Number.MAX_SAFE_INTEGER);
  });

  it('are written as they are read', () => {
    assert.deepEqual([...numberOctets(Number.MAX_SAFE_INTEGER, 8)], [0, 0x1f, 255, 255, 255, 255, 255, 255]);
    assert.deepEqual([...vectorOctets(Uint8Array.of(7), 3)], [0, 0, 1, 7]);
  });
});
