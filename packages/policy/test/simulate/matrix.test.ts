import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMatrix } from '../../src/simulate/matrix.ts';

describe('createMatrix', () => {
  it('counts every pair, and lists those that never came', () => {
    const matrix = createMatrix(['in', 'out']);
    for (const [old, next] of [
      ['in', 'in'],
      ['in', 'out'],
      ['in', 'out'],
    ] as const)
      matrix.add(old, next);
    assert.deepEqual(matrix.cells(), [
      { old: 'in', new: 'in', appraisals: 1 },
      { old: 'in', new: 'out', appraisals: 2 },
      { old: 'out', new: 'in', appraisals: 0 },
      { old: 'out', new: 'out', appraisals: 0 },
    ]);
  });
});
