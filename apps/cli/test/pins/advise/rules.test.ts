import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADVICE, reasonsFor, upkeepOf } from '../../../src/pins/advise/rules.ts';
import type { Situation } from '../../../src/pins/advise/situation.ts';

const NOW = Date.UTC(2026, 10, 21);

describe('what pinning costs', () => {
  const rows: readonly (readonly [
    string,
    Parameters<typeof upkeepOf>,
    readonly (readonly [string, number, number, number])[],
  ])[] = [
    [
      'a certificate of ACME of 90 days',
      ['leaf_key', 90, true, NOW],
      [
        ['now', 7, 1, 7],
        ['2029-03-15', 12, 1, 12],
      ],
    ],
    ['one of 47 days', ['root_set', 47, true, NOW], [['now', 12, 1, 12]]],
    [
      'the longest public one',
      ['leaf_key', 199, true, NOW],
      [
        ['now', 3, 1, 3],
        ['2027-03-15', 6, 1, 6],
        ['2029-03-15', 12, 1, 12],
      ],
    ],
    ['a private one', ['private_root', 825, false, NOW], [['now', 1, 0, 1]]],
    [
      'no pins',
      ['none', 90, true, NOW],
      [
        ['now', 7, 0, 0],
        ['2029-03-15', 12, 0, 0],
      ],
    ],
  ];
  for (const [name, args, expected] of rows) {
    it(`counts for ${name}`, () => {
      const found = upkeepOf(...args).map((row) => [
        row.from,
        row.renewalsPerYear,
        row.pinChanges,
        row.pinChangesWithNewKeys,
      ]);
      assert.deepEqual(found, expected);
    });
  }
});

describe('advice', () => {
  it('has a reason with a source for every situation and kind of data', () => {
    for (const situation of Object.keys(ADVICE) as Situation[]) {
      for (const level of Object.values(ADVICE[situation])) {
        const reasons = reasonsFor(situation, level);
        assert.ok(reasons.length > 0 && reasons.every(({ source }) => source !== ''), `${situation} ${level}`);
      }
    }
  });

  it('never pins a leaf whose keys a provider changes', () => {
    assert.ok(!Object.values(ADVICE.managed).includes('leaf_key'));
  });
});
