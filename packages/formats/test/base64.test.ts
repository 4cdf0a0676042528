import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseBase64, parseBase64url, toBase64, toBase64url } from '@assay/formats';
import fc from 'fast-check';
import { hex, outcome, refuses, SEEDED } from './helpers.ts';

describe('base64', () => {
  it('reads and writes the examples of RFC 4648 10', () => {
    for (const [text, encoded] of Object.entries({ '': '', f: 'Zg==', fo: 'Zm8=', foo: 'Zm9v', foob: 'Zm9vYg==' })) {
      assert.deepEqual(parseBase64(encoded), new TextEncoder().encode(text));
      assert.equal(toBase64(new TextEncoder().encode(text)), encoded);
    }
  });

  refuses(
    [
      ['missing padding', 'Zg', 'base64.length_invalid', 2],
      ['half the padding', 'Zg=', 'base64.length_invalid', 3],
      ['too much padding', 'Zm9v====', 'base64.character_invalid', 4],
      ['three padding characters', 'Z===', 'base64.character_invalid', 1],
      ['nothing but padding', '====', 'base64.character_invalid', 0],
      ['padding in the middle', 'Zg==Zg==', 'base64.character_invalid', 2],
      ['one character too many', 'Zm9vZ', 'base64.length_invalid', 5],
      ['a line feed', 'Zm9\n', 'base64.character_invalid', 3],
      ['a line feed after the text', 'Zm9v\n', 'base64.length_invalid'],
      ['a space', 'Zm 9', 'base64.character_invalid', 2],
      ['the other alphabet', 'Zm-_', 'base64.character_invalid', 2],
      ['a letter outside ASCII', 'Zm9é', 'base64.character_invalid', 3],
      ['a letter whose low byte is in the alphabet', 'Zm9\u0141', 'base64.character_invalid', 3],
      ['a letter outside the first plane', 'Zm😀', 'base64.character_invalid', 2],
      ['a lone surrogate', 'Zm9\ud800', 'base64.character_invalid', 3],
      ['four unused bits', 'Zh==', 'base64.not_canonical', 1],
      ['two unused bits', 'Zm9=', 'base64.not_canonical', 2],
    ],
    parseBase64,
  );
});

describe('base64url', () => {
  it('reads and writes its own alphabet without padding', () => {
    assert.deepEqual(parseBase64url('-_8'), hex('fb ff'));
    assert.equal(toBase64url(hex('fb ff')), '-_8');
    assert.deepEqual(parseBase64url(''), hex(''));
  });

  refuses(
    [
      ['padding', 'Zg==', 'base64.character_invalid', 2],
      ['the other alphabet', '+/8', 'base64.character_invalid', 0],
      ['one character too many', 'Zm9vZ', 'base64.length_invalid', 5],
      ['one character alone', 'Z', 'base64.length_invalid', 1],
      ['four unused bits', 'Zh', 'base64.not_canonical', 1],
      ['two unused bits', 'Zm9vZm9', 'base64.not_canonical', 6],
      ['a dot', 'Zm.v', 'base64.character_invalid', 2],
    ],
    parseBase64url,
  );
});

it('agrees with Buffer on bytes, both ways', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      assert.equal(toBase64(bytes), Buffer.from(bytes).toString('base64'));
      assert.equal(toBase64url(bytes), Buffer.from(bytes).toString('base64url'));
      assert.deepEqual(parseBase64(toBase64(bytes)), Uint8Array.from(bytes));
      assert.deepEqual(parseBase64url(toBase64url(bytes)), Uint8Array.from(bytes));
    }),
    SEEDED,
  );
});

it('accepts no text but the one it would write', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.array(fc.constantFrom(...'AQZgw9+/-_= \n'), { maxLength: 8 }).map((letters) => letters.join('')),
  );
  fc.assert(
    fc.property(text, (input) => {
      for (const [parse, write] of [
        [parseBase64, toBase64],
        [parseBase64url, toBase64url],
      ] as const) {
        const parsed = outcome(() => parse(input));
        if ('value' in parsed) assert.equal(write(parsed.value), input);
      }
    }),
    { ...SEEDED, numRuns: 5000 },
  );
});
