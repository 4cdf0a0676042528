import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ageFault, secondsOld } from '../../src/shared/age.ts';

const NOW = Date.UTC(2026, 10, 21);

describe('ageFault', () => {
  const rows: readonly (readonly [string, Parameters<typeof ageFault>, string | undefined])[] = [
    ['just now', [NOW, NOW, 1000], undefined],
    ['as old as it may be', [NOW - 1000, NOW, 1000], undefined],
    ['older', [NOW - 1001, NOW, 1000], 'stale'],
    ['as far ahead as clocks may be', [NOW + 60_000, NOW, 1000], undefined],
    ['further ahead', [NOW + 60_001, NOW, 1000], 'from_future'],
    ['at no time', [NOW, Number.NaN, 1000], 'stale'],
    ['made at no time', [Number.NaN, NOW, 1000], 'stale'],
    ['under no limit', [NOW, NOW, Number.NaN], 'stale'],
  ];
  for (const [name, given, kind] of rows) it(name, () => assert.equal(ageFault(...given)?.kind, kind));

  it('says what was expected and what was found', () => {
    const { expected, found } = ageFault(NOW - 5000, NOW, 1000) ?? assert.fail();
    assert.deepEqual([expected, found], ['at most 1 s old', secondsOld(5000)]);
    assert.equal(ageFault(NOW + 90_000, NOW, 1000)?.found, '90 s ahead');
  });
});
