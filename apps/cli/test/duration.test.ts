import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { durationOf, moment, requiredDurationOf } from '../src/duration.ts';

describe('a span of time', () => {
  it('is a whole number with its unit', () => {
    const spans = { '90s': 90, '30m': 1_800, '24h': 86_400, '7d': 604_800, '52w': 31_449_600 };
    for (const [text, seconds] of Object.entries(spans)) assert.equal(durationOf({ for: text }, 'for'), seconds);
    assert.equal(durationOf({}, 'for'), undefined);
  });

  for (const text of ['', '0h', '-1h', '1', 'h', '1.5h', '1e9d', '1h30m', ' 1h', '1y', '1000000s', '１h']) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.throws(() => durationOf({ for: text }, 'for'), { code: 'cli.usage' });
    });
  }

  it('is asked for where it has to be', () => {
    assert.throws(() => requiredDurationOf({}, 'for'), { code: 'cli.usage' });
    assert.equal(requiredDurationOf({ for: '1h' }, 'for'), 3_600);
  });
});

it('a moment is told to the second', () => assert.equal(moment(1_500), '1970-01-01T00:00:01Z'));
