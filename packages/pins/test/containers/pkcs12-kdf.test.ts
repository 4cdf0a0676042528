import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bmpPassword, deriveKey } from '../../src/containers/pkcs12-kdf.ts';

const hex = (text: string) => Buffer.from(text, 'hex');

/** Known answers for the passwords "smeg" and "queeg", which implementations of RFC 7292 B share. */
const ROWS: readonly (readonly [string, 1 | 2 | 3, string, number, number, string])[] = [
  ['smeg', 1, '0a58cf64530d823f', 1, 24, '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3'],
  ['smeg', 2, '0a58cf64530d823f', 1, 8, '79993dfe048d3b76'],
  ['smeg', 3, '3d83c0e4546ac140', 1, 20, '8d967d88f6caa9d714800ab3d48051d63f73a312'],
  ['queeg', 1, '05dec959acff72f7', 1000, 24, 'ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4'],
];

describe('the key derivation of PKCS#12', () => {
  for (const [password, purpose, salt, iterations, length, expected] of ROWS) {
    it(`derives ${length} octets for ${password}, purpose ${purpose}`, () => {
      const key = deriveKey(bmpPassword(password), { hash: 'sha1', purpose, salt: hex(salt), iterations, length });
      assert.equal(key.toString('hex'), expected);
    });
  }
});
