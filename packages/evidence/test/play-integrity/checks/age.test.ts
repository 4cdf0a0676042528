import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { age } from '../../../src/play-integrity/checks/age.ts';
import { testFaults } from '../../support/check-faults.ts';
import { NOW } from '../../support/mint-play.ts';
import { saying, verifying } from '../../support/run-play.ts';

const made = (at: unknown) => saying('requestDetails', { timestampMillis: at });

describe('age', () => {
  testFaults(age, [
    { name: 'no time', code: 'play.timestamp_missing', run: made(undefined) },
    { name: 'a moment too old', code: 'play.stale', run: made(NOW - 300_001) },
    { name: 'of the year 1970', code: 'play.stale', run: made('0') },
    { name: 'older than a caller allows', code: 'play.stale', run: verifying({}, {}, { at: NOW + 11, maxAgeMs: 10 }) },
    { name: 'at a time that is none', code: 'play.stale', run: verifying({}, {}, { at: Number.NaN }) },
    { name: 'under a limit that is none', code: 'play.stale', run: verifying({}, {}, { maxAgeMs: Number.NaN }) },
    { name: 'a moment too early', code: 'play.from_future', run: made(NOW + 60_001) },
    { name: 'of the year 287396', code: 'play.from_future', run: made('9007199254740991') },
  ]);

  it('takes the limits themselves, as text and as numbers', () => {
    for (const at of [NOW - 300_000, `${NOW - 300_000}`, NOW + 60_000]) assert.equal(made(at)().outcome, 'verified');
  });
});
