import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FactType, FactValue } from '@assay/policy';
import { compareOrdered } from '../src/order.ts';

const rows: readonly [FactType, FactValue, FactValue, number | undefined][] = [
  ['number', 2, 10, -1],
  ['number', 2, 2, 0],
  ['number', Number.NaN, 2, undefined],
  ['version', '4.10', '4.9', 1],
  ['version', '17', '17.0.0', 0],
  ['version', '160000', '150000', 1],
  ['version', '4.2.0-beta', '4.2.0', undefined],
  ['version', '', '1', undefined],
  ['date', '2026-03', '2026-03-01', 0],
  ['date', '2026-02-28', '2026-03', -1],
  ['date', '202603', '2026-03', undefined],
  ['date', '2026-13', '2026-03', undefined],
  ['date', '0000-00', '2026-03', undefined],
  ['text', 'a', 'b', undefined],
  ['boolean', true, false, undefined],
];

describe('order of values', () => {
  for (const [type, left, right, expected] of rows) {
    it(`${type}: ${left} and ${right}`, () => {
      const found = compareOrdered(type, left, right);
      assert.equal(found === undefined ? undefined : Math.sign(found), expected);
    });
  }
});
