import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { toExactNumber } from '../src/json-number.ts';
import { SEEDED } from './helpers.ts';

describe('numbers that survive', () => {
  for (const literal of [
    '0',
    '-0',
    '0.0',
    '0e5',
    '0e-99999999999999999999',
    '1.0',
    '1e3',
    '10e-1',
    '1200E-2',
    '0.1',
    '-1.50',
    '1.5e-7',
    '0.00000015',
    '5e-324',
    '9007199254740991',
    '-9007199254740991.000',
    '900719925474099.1e1',
  ]) {
    it(literal, () => assert.equal(toExactNumber(literal), JSON.parse(literal)));
  }

  it('every number that JSON.stringify writes, but for unsafe integers', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const isUnsafe = Number.isInteger(value) && !Number.isSafeInteger(value);
        assert.equal(toExactNumber(JSON.stringify(value)), isUnsafe ? undefined : value + 0);
      }),
      SEEDED,
    );
  });
});

describe('numbers that do not', () => {
  for (const literal of [
    '9007199254740992',
    '-9007199254740993',
    '9007199254740990.6',
    '9007199254740991.4',
    '1e16',
    '1.5e300',
    '1e999',
    '-1e999',
    '1e-400',
    '-1e-99999999999999999999',
    '2e-324',
    '1.0000000000000000001',
    '0.10000000000000000001',
    '123456789.123456789123456789',
  ]) {
    it(literal, () => assert.equal(toExactNumber(literal), undefined));
  }
});

it('takes no longer for zeros in the middle than for any other digits', () => {
  const zeros = '0'.repeat(1 << 20);
  assert.equal(toExactNumber(`0.1${zeros}1`), undefined);
  assert.equal(toExactNumber(`0.1${zeros}`), 0.1);
});
