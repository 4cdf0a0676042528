import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { spanMs, timeOf } from '../../src/forge/spans.ts';

const unforgeable = (error: unknown) => error instanceof ConfigError && error.code === 'mitm.recipe_unforgeable';
const textOf = (at: number) => Buffer.from(timeOf(at).subarray(2)).toString();

describe('spans', () => {
  it('are signed numbers of minutes, hours, days or years', () => {
    const spans = ['-30m', '+12h', '-1d', '+10y', '+0d'];
    assert.deepEqual(spans.map(spanMs), [-1_800_000, 43_200_000, -86_400_000, 315_360_000_000, 0]);
  });

  it('are nothing else', () => {
    for (const span of ['', '1d', '+d', '+1', '+1w', '+1.5d', '+1d ', '+1234567d']) {
      assert.throws(() => spanMs(span), unforgeable, span);
    }
  });
});

describe('times', () => {
  it('are UTCTime from 1950 to 2049, and GeneralizedTime in other years', () => {
    assert.equal(textOf(Date.UTC(1950, 0, 1)), '500101000000Z');
    assert.equal(textOf(Date.UTC(2049, 11, 31, 23, 59, 59)), '491231235959Z');
    assert.equal(textOf(Date.UTC(2050, 0, 1)), '20500101000000Z');
    assert.equal(textOf(Date.UTC(1949, 11, 31)), '19491231000000Z');
  });

  it('end with the year 9999', () => {
    for (const at of [Date.UTC(10_000, 0, 1), Number.NaN, Number.POSITIVE_INFINITY, -1e14]) {
      assert.throws(() => timeOf(at), unforgeable, `${at}`);
    }
  });
});
