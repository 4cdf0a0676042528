import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  checkLimit,
  checkValues,
  countPlaceholders,
  integer,
  integerOrNull,
  json,
  oneOf,
  text,
  textOrNull,
} from '../src/values.ts';

const CORRUPT = { family: 'upstream', code: 'store.corrupt', retryable: false };

describe('countPlaceholders', () => {
  it('counts the highest of $1 to $n, each used once or more', () => {
    assert.equal(countPlaceholders('select 1'), 0);
    assert.equal(countPlaceholders('a = $2 and b = $1 or c = $1'), 2);
    assert.equal(countPlaceholders('$1 $2 $3 $4 $5 $6 $7 $8 $9 $10'), 10);
  });

  for (const sql of ['a = $2', 'a = $0', 'a = $1 and b = $3']) {
    it(`refuses ${sql}`, () => {
      assert.throws(() => countPlaceholders(sql), TypeError);
    });
  }
});

describe('checkValues', () => {
  it('takes whole numbers, text and null', () => {
    checkValues(4, [1, -(2 ** 53) + 1, '𝒳', null]);
  });

  it('refuses another number of values than placeholders', () => {
    assert.throws(() => checkValues(2, ['a']), TypeError);
    assert.throws(() => checkValues(0, ['a']), TypeError);
  });

  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 0.5, 2 ** 53]) {
    it(`refuses ${value}`, () => {
      assert.throws(() => checkValues(1, [value]), TypeError);
    });
  }

  for (const value of ['\0', 'a\ud800', '\udc00b']) {
    it(`refuses ${JSON.stringify(value)}`, () => {
      assert.throws(() => checkValues(1, [value]), { family: 'request', code: 'store.text_invalid' });
    });
  }
});

describe('column readers', () => {
  const row = { text: 'a', number: 7, empty: null, big: 2n ** 60n, json: '{"a":1}', half: 0.5 };

  it('read what is there', () => {
    assert.equal(text(row, 'text'), 'a');
    assert.equal(textOrNull(row, 'empty'), null);
    assert.equal(integer(row, 'number'), 7);
    assert.equal(integerOrNull(row, 'empty'), null);
    assert.equal(oneOf(row, 'text', ['a', 'b']), 'a');
    assert.deepEqual(json(row, 'json'), { a: 1 });
  });

  const wrong: Readonly<Record<string, () => unknown>> = {
    'a number for text': () => text(row, 'number'),
    'null for text': () => text(row, 'empty'),
    'a missing column': () => textOrNull(row, 'missing'),
    'text for a number': () => integer(row, 'text'),
    'an inexact number': () => integer(row, 'big'),
    'a fraction': () => integer(row, 'half'),
    'a word outside its list': () => oneOf(row, 'text', ['b']),
    'broken JSON': () => json(row, 'text'),
  };
  for (const [name, read] of Object.entries(wrong)) {
    it(`call ${name} corrupt`, () => {
      assert.throws(read, CORRUPT);
    });
  }
});

describe('checkLimit', () => {
  it('takes 1 to 1000', () => {
    assert.equal(checkLimit(1), 1);
    assert.equal(checkLimit(1000), 1000);
    for (const limit of [0, 1001, 1.5, Number.NaN]) {
      assert.throws(() => checkLimit(limit), { family: 'request', code: 'store.limit_invalid' });
    }
  });
});
