import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeAndroidBase64, parseNscExpiration, readBoolean, trimAscii } from '../../src/android/values.ts';

describe('readBoolean', () => {
  it('takes what the build tools compile, and nothing else', () => {
    for (const text of ['true', 'True', 'TRUE', ' true ', '1', '-1', '0x10'])
      assert.equal(readBoolean(text), true, text);
    for (const text of ['false', 'False', 'FALSE', '0', '0x0']) assert.equal(readBoolean(text), false, text);
    for (const text of ['yes', 'tRue', '', '1.0', '@bool/x', '0x']) assert.equal(readBoolean(text), undefined, text);
  });
});

describe('decodeAndroidBase64', () => {
  const hex = (text: string) => {
    const bytes = decodeAndroidBase64(text);
    return bytes && Buffer.from(bytes).toString('hex');
  };

  it('agrees with the ordinary decoder on what any encoder writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 48 }), fc.boolean(), (bytes, padded) => {
        const text = Buffer.from(bytes).toString('base64');
        assert.equal(hex(padded ? text : text.replaceAll('=', '')), Buffer.from(bytes).toString('hex'));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('passes over foreign characters and spare bits', () => {
    assert.equal(hex(' A:Q-I\u00a0D\n'), '010203');
    assert.equal(hex('AR=='), '01');
    assert.equal(hex(''), '');
  });

  it('refuses wrong padding and a digit too many', () => {
    for (const text of ['A', 'AQIDA', 'AQ=', 'AQ===', 'AQI==', 'AQID=', '=', 'AQ=A', 'AQ==A']) {
      assert.equal(hex(text), undefined, text);
    }
  });

  it('takes no time by the square of hostile padding', () => {
    assert.equal(hex(`${'='.repeat(500_000)}A`), undefined);
  });
});

describe('parseNscExpiration', () => {
  const day = (text: string) => {
    const time = parseNscExpiration(text);
    return time === undefined ? undefined : new Date(time).toISOString().slice(0, 10);
  };

  it('reads days, leniently in form and strictly in value', () => {
    assert.equal(day('2026-11-21'), '2026-11-21');
    assert.equal(day('2026-1-2'), '2026-01-02');
    assert.equal(day(' 2026- 01-\t02T00:00'), '2026-01-02');
    assert.equal(day('2028-02-29'), '2028-02-29');
    assert.equal(day('26-01-01'), '0026-01-01');
    assert.equal(parseNscExpiration('999999-01-01'), Number.POSITIVE_INFINITY);
  });

  it('refuses what is no day', () => {
    for (const text of [
      '',
      '2026',
      '2026/01/01',
      '01-01-2026x',
      '2026-13-01',
      '2026-02-29',
      '2026-00-01',
      '0-01-01',
      'x2026-01-01',
    ]) {
      assert.equal(parseNscExpiration(text), undefined, text);
    }
    assert.equal(parseNscExpiration('999999-13-01'), undefined);
  });
});

it('trimAscii trims as Java does, and keeps the no-break space', () => {
  assert.equal(trimAscii('\u0001\t a b \r\n'), 'a b');
  assert.equal(trimAscii('\u00a0a'), '\u00a0a');
});
