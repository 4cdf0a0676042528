import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayOf } from '../../src/match/day.ts';

describe('a day', () => {
  it('is midnight UTC', () => {
    assert.equal(dayOf('2026-11-21'), Date.UTC(2026, 10, 21));
  });

  it('is nothing else', () => {
    for (const text of ['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', '2026-01-01T00:00', ' 2026-01-01', '']) {
      assert.equal(dayOf(text), undefined, text);
    }
  });
});
