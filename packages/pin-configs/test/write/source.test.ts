import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { der, parseHex, toHex } from '@assay/formats';
import { authoritiesOf, endOf, hexBytes, indented, KEY_ALGORITHMS, lines } from '../../src/write/source.ts';
import { policyHost } from '../support/policies.ts';

/** Keys as Apple's SecKeyCopyExternalRepresentation hands them out: PKCS#1 for RSA, the uncompressed point else. */
const rsa = (modulusLength: number, publicExponent = 65_537) => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { spki, raw: publicKey.export({ type: 'pkcs1', format: 'der' }) };
};
const ec = (namedCurve: string, pointLength: number) => {
  const spki = generateKeyPairSync('ec', { namedCurve }).publicKey.export({ type: 'spki', format: 'der' });
  return { spki, raw: spki.subarray(-pointLength) };
};

describe('KEY_ALGORITHMS', () => {
  const rows = [
    ['RSA 2048', 'rsa', rsa(2048)],
    ['RSA 3072', 'rsa', rsa(3072)],
    ['RSA 2048, exponent 3', 'rsa', rsa(2048, 3)],
    ['P-256', 'p256', ec('P-256', 65)],
    ['P-384', 'p384', ec('P-384', 97)],
    ['P-521', 'p521', ec('P-521', 133)],
  ] as const;
  for (const [name, algorithm, { spki, raw }] of rows) {
    it(`makes a SubjectPublicKeyInfo of the raw key: ${name}`, () => {
      const made = der.sequence(parseHex(KEY_ALGORITHMS[algorithm]), der.bits(raw));
      assert.equal(toHex(made), toHex(spki));
    });
  }
});

describe('pieces of source', () => {
  it('are bytes, lines and steps', () => {
    assert.equal(hexBytes('300d'), '0x30, 0x0d');
    assert.equal(lines('a', ['b', 'c']), 'a\nb\nc\n');
    assert.deepEqual(indented(['a', ''], '  '), ['  a', '']);
  });

  it('know the end and the authorities of a host', () => {
    assert.equal(endOf(policyHost('example.com', { expires: '2027-06-01' })), Date.UTC(2027, 5, 1));
    assert.equal(endOf(policyHost('example.com')), undefined);
    const trust = { store: 'private', certificates: ['a'] } as const;
    assert.deepEqual(authoritiesOf(policyHost('example.com', { trust })), ['a']);
    assert.deepEqual(authoritiesOf(policyHost('example.com')), []);
  });
});
