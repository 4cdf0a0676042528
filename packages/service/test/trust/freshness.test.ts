import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lifetimeOf } from '../../src/trust/freshness.ts';

const BOUNDS = { leastMs: 60_000, usualMs: 3_600_000, mostMs: 86_400_000 };
const DATE = 'Sat, 21 Nov 2026 12:00:00 GMT';
const HOUR_LATER = 'Sat, 21 Nov 2026 13:00:00 GMT';

const rows: readonly (readonly [headers: Readonly<Record<string, string>>, seconds: number, why: string])[] = [
  [{}, 3600, 'nothing is said'],
  [{ 'cache-control': 'max-age=7200' }, 7200, 'its max-age'],
  [{ 'cache-control': 'public, MAX-AGE="7200", must-revalidate' }, 7200, 'quoted, in any case'],
  [{ 'cache-control': 'max-age=7200', age: '1200' }, 6000, 'less what it waited in caches'],
  [{ 'cache-control': 'max-age=7200', age: '9000' }, 60, 'used up in caches'],
  [{ 'cache-control': 'max-age=1' }, 60, 'at least the bound'],
  [{ 'cache-control': 'max-age=99999999' }, 86_400, 'at most the bound'],
  [{ 'cache-control': 'max-age=99999999999999999999' }, 3600, 'a number that is none'],
  [{ 'cache-control': 'max-age=-5' }, 3600, 'a negative one'],
  [{ 'cache-control': 'no-cache, max-age=7200' }, 60, 'not to be used again'],
  [{ 'cache-control': 'no-store' }, 60, 'not to be stored'],
  [{ expires: HOUR_LATER, date: DATE }, 3600, 'Expires less Date'],
  [{ expires: HOUR_LATER, date: DATE, 'cache-control': 'max-age=120' }, 120, 'max-age before Expires'],
  [{ expires: DATE, date: HOUR_LATER }, 60, 'an end that has passed'],
  [{ expires: '0', date: DATE }, 60, 'an end that cannot be read has passed'],
  [{ age: 'x' }, 3600, 'an age that is none'],
];

describe('lifetimeOf', () => {
  for (const [headers, seconds, why] of rows) {
    it(`${seconds} s: ${why}`, () => {
      assert.equal(lifetimeOf(new Headers(headers), BOUNDS), seconds * 1000);
    });
  }
});
