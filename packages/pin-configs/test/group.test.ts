import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { groupBy } from '../src/group.ts';

describe('groupBy', () => {
  it('keeps the order of groups and of their items', () => {
    assert.deepEqual(
      [...groupBy(['b1', 'a1', 'b2'], (item) => item[0])],
      [
        ['b', ['b1', 'b2']],
        ['a', ['a1']],
      ],
    );
  });
});
