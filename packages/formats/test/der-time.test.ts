import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DerReader, der, TAG, utf8 } from '@assay/formats';
import { type BadRow, refuses } from './helpers.ts';

const utc = (text: string) => DerReader.of(der.raw(TAG.UTC_TIME, utf8(text))).time();
const generalized = (text: string) => DerReader.of(der.raw(TAG.GENERALIZED_TIME, utf8(text))).time();

describe('UTCTime', () => {
  it('reads 1950 to 2049', () => {
    assert.equal(utc('700101000000Z'), 0);
    assert.equal(utc('261121113000Z'), Date.UTC(2026, 10, 21, 11, 30));
    assert.equal(utc('500101000000Z'), Date.UTC(1950, 0, 1));
    assert.equal(utc('491231235959Z'), Date.UTC(2049, 11, 31, 23, 59, 59));
  });
  const bad: readonly BadRow<string>[] = [
    ['no seconds', '2611211130Z', 'der.time_invalid', 2],
    ['no zone', '261121113000', 'der.time_invalid', 2],
    ['an offset as zone', '261121113000+0000', 'der.time_invalid', 2],
    ['a lower-case zone', '261121113000z', 'der.time_invalid', 2],
    ['four digits of year', '20261121113000Z', 'der.time_invalid', 2],
    ['a sign for a digit', '26112111300+Z', 'der.time_invalid', 2],
    ['a space for a digit', '26112111 000Z', 'der.time_invalid', 2],
    ['no content', '', 'der.time_invalid', 2],
  ];
  refuses(bad, utc);
});

describe('GeneralizedTime', () => {
  it('reads 0000 to 9999', () => {
    assert.equal(generalized('19700101000000Z'), 0);
    assert.equal(generalized('20500101000000Z'), Date.UTC(2050, 0, 1));
    assert.equal(generalized('20240229120000Z'), Date.UTC(2024, 1, 29, 12));
    assert.equal(generalized('99991231235959Z'), Date.UTC(9999, 11, 31, 23, 59, 59));
    assert.equal(generalized('00500101000000Z'), Date.parse('0050-01-01T00:00:00Z'));
  });
  const bad: readonly BadRow<string>[] = [
    ['a fraction', '20261121113000.5Z', 'der.time_invalid', 2],
    ['two digits of year', '261121113000Z', 'der.time_invalid', 2],
    ['month 0', '20260021113000Z', 'der.time_invalid', 2],
    ['month 13', '20261321113000Z', 'der.time_invalid', 2],
    ['day 0', '20261100113000Z', 'der.time_invalid', 2],
    ['31 November', '20261131113000Z', 'der.time_invalid', 2],
    ['29 February of another year', '20260229113000Z', 'der.time_invalid', 2],
    ['hour 24', '20261121240000Z', 'der.time_invalid', 2],
    ['minute 60', '20261121116000Z', 'der.time_invalid', 2],
    ['a leap second', '20261231235960Z', 'der.time_invalid', 2],
  ];
  refuses(bad, generalized);
});

it('refuses every other type', () => {
  assert.throws(() => DerReader.of(der.utf8('700101000000Z')).time(), { code: 'der.unexpected_tag' });
});
