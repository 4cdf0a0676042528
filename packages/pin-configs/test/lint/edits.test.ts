import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits, editsOf } from '../../src/index.ts';
import { finding } from '../support/findings.ts';

const fix = (start: number, end: number, text: string, file = 'f') =>
  finding({ fix: { file, start, end, text, place: { file, line: 1, column: start + 1 } } });

describe('edits', () => {
  it('are made from the back, so that offsets hold', () => {
    const edits = editsOf([fix(4, 5, 'E'), fix(0, 2, ''), fix(3, 3, '+')]).get('f') ?? [];
    assert.equal(applyEdits('abcdef', edits), 'c+dEf');
  });

  it('leave out what overlaps an earlier one', () => {
    const edits = editsOf([fix(2, 6, 'x'), fix(0, 3, 'y')]).get('f') ?? [];
    assert.equal(applyEdits('abcdef', edits), 'ydef');
  });

  it('stay with their file', () => {
    const edits = editsOf([fix(0, 1, 'x', 'f'), fix(0, 1, 'y', 'g'), finding()]);
    assert.deepEqual([...edits.keys()], ['f', 'g']);
  });
});
