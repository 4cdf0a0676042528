import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { floatText, toTypedValue } from '../../src/android/typed-value.ts';
import { SEEDED } from '../helpers.ts';

const none = (): undefined => undefined;

describe('toTypedValue', () => {
  it('takes a string that is not there, and a reference to nothing, for null', () => {
    const nothing = { kind: 'null', text: '' };
    assert.deepEqual(toTypedValue(0x03, 7, none), nothing);
    assert.deepEqual(toTypedValue(0x01, 0, none), nothing);
    assert.deepEqual(toTypedValue(0x00, 1, none), nothing);
  });

  it('gives a reference its id', () => {
    assert.deepEqual(toTypedValue(0x01, 0x7f010000, none), {
      kind: 'reference',
      text: '@0x7f010000',
      reference: 0x7f010000,
    });
    assert.equal(toTypedValue(0x02, 0x01010000, none).kind, 'attribute');
  });

  it('reads complex numbers in each radix, with their sign', () => {
    const rows: readonly [data: number, text: string][] = [
      [0x00001001, '16dp'],
      [0xfffff001, '-16dp'],
      [0x00018012, '3sp'],
      [0x40000030, '0.5px'],
      [0x00800025, '1mm'],
      [0x0000010f, '1'],
    ];
    for (const [data, text] of rows) assert.equal(toTypedValue(0x05, data, none).text, text);
  });
});

describe('floatText', () => {
  it('reads back as the same single float, in as few digits as that takes', () => {
    assert.deepEqual(
      [0.1, 1, -2.5, 1e10].map((value) => floatText(Math.fround(value))),
      ['0.1', '1', '-2.5', '10000000000'],
    );
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => assert.equal(Math.fround(Number(floatText(value))), value + 0)),
      SEEDED,
    );
    assert.equal(floatText(Number.NaN), 'NaN');
  });
});
