import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DerReader, der } from '@assay/formats';
import { readBasicConstraints } from '../../src/extensions/basic-constraints.ts';

const read = (bytes: Uint8Array, lenient = false) => readBasicConstraints(DerReader.of(bytes), lenient);

it('basic constraints are no authority by default', () => {
  assert.deepEqual(read(der.sequence()), { ca: false });
  assert.deepEqual(read(der.sequence(der.boolean(true))), { ca: true });
  assert.deepEqual(read(der.sequence(der.boolean(true), der.integer(2))), { ca: true, pathLength: 2 });
});

it('a path length is a small natural number', () => {
  for (const length of [-1, 256]) {
    assert.throws(() => read(der.sequence(der.boolean(true), der.integer(length))), {
      code: 'der.integer_out_of_range',
    });
  }
});

it('cA is 0xFF for true unless tolerated', () => {
  const odd = der.sequence(der.raw(0x01, Uint8Array.of(1)));
  assert.throws(() => read(odd), { code: 'der.boolean_invalid' });
  assert.deepEqual(read(odd, true), { ca: true });
});

it('nothing follows', () => {
  assert.throws(() => read(der.sequence(der.boolean(true), der.integer(0), der.null())), {
    code: 'der.trailing_bytes',
  });
});
