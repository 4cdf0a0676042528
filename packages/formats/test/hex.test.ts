import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseHex, toHex } from '@assay/formats';
import { refuses } from './helpers.ts';

it('reads and writes every octet', () => {
  const all = Uint8Array.from({ length: 256 }, (_, octet) => octet);
  assert.equal(toHex(all), Buffer.from(all).toString('hex'));
  assert.deepEqual(parseHex(toHex(all)), all);
  assert.deepEqual(parseHex(''), new Uint8Array(0));
});

refuses(
  [
    ['an odd number of digits', 'abc', 'hex.length_invalid', 3],
    ['upper case', 'aB', 'hex.character_invalid', 1],
    ['a prefix', '0x', 'hex.character_invalid', 1],
    ['white space', 'a ', 'hex.character_invalid', 1],
    ['the character before 0', '/0', 'hex.character_invalid', 0],
    ['the character behind 9', ':0', 'hex.character_invalid', 0],
    ['the character before a', '`0', 'hex.character_invalid', 0],
    ['a letter behind f', 'fg', 'hex.character_invalid', 1],
    ['a digit outside ASCII', '٠0', 'hex.character_invalid', 0],
  ],
  parseHex,
);
