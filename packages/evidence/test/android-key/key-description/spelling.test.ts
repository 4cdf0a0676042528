import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toOsVersion, toPatchDate } from '../../../src/android-key/key-description/spelling.ts';

describe('toPatchDate', () => {
  for (const [level, date] of [
    [202_610, '2026-10'],
    [20_261_005, '2026-10-05'],
    [20_190_700, '2019-07'],
    [20_190_732, '2019-07'],
    [201_900, undefined],
    [201_913, undefined],
    [0, undefined],
    [2026, undefined],
    [2_026_100, undefined],
    [202_610_055, undefined],
    [undefined, undefined],
  ] as const) {
    it(`${level} is ${date}`, () => assert.equal(toPatchDate(level), date));
  }
});

describe('toOsVersion', () => {
  for (const [version, text] of [
    [160_000, '16'],
    [80_100, '8.1'],
    [70_102, '7.1.2'],
    [100_001, '10.0.1'],
    [0, undefined],
    [undefined, undefined],
  ] as const) {
    it(`${version} is ${text}`, () => assert.equal(toOsVersion(version), text));
  }
});
