import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { der } from '@assay/formats';
import { describeKey, parseKeyAlgorithm, publicKeyOf } from '@assay/x509';
import { OID } from '../src/oids.ts';
import { fault } from './support/chain.ts';
import { algorithmId, ecKeys, type Keys, rsaKeys } from './support/mint.ts';

const spkiOf = ({ publicKey }: Keys) => new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));

describe('parseKeyAlgorithm', () => {
  it('names curves', () => {
    for (const curve of ['P-256', 'P-384', 'P-521'] as const) {
      assert.deepEqual(parseKeyAlgorithm(spkiOf(ecKeys(curve))), { kind: 'ec', curve });
    }
    assert.deepEqual(parseKeyAlgorithm(spkiOf(ecKeys('secp256k1'))), { kind: 'ec', curve: 'other' });
  });

  it('measures RSA', () => {
    const key = parseKeyAlgorithm(spkiOf(rsaKeys(1024, 3)));
    assert.deepEqual(key, { kind: 'rsa', bits: 1024, exponent: 3n });
    assert.equal(describeKey(key), 'rsa 1024, exponent 3');
  });

  it('names the rest', () => {
    assert.deepEqual(parseKeyAlgorithm(spkiOf(generateKeyPairSync('ed25519'))), { kind: 'ed25519' });
    const x25519 = parseKeyAlgorithm(spkiOf(generateKeyPairSync('x25519')));
    assert.deepEqual(x25519, { kind: 'unsupported', oid: '1.3.101.110' });
    assert.equal(describeKey(x25519), '1.3.101.110');
  });

  it('refuses curves that are given by their parameters', () => {
    const explicit = der.sequence(
      algorithmId(OID.ecPublicKey, der.sequence(der.integer(1))),
      der.bits(Uint8Array.of(4)),
    );
    assert.throws(() => parseKeyAlgorithm(explicit), { code: 'der.unexpected_tag' });
  });

  for (const [what, modulus, exponent] of [
    ['negative modulus', -5, 3],
    ['zero modulus', 0, 3],
    ['zero exponent', 5, 0],
  ] as const) {
    it(`refuses RSA with a ${what}`, () => {
      const numbers = der.sequence(der.integer(modulus), der.integer(exponent));
      const spki = der.sequence(algorithmId(OID.rsaEncryption, der.null()), der.bits(numbers));
      assert.throws(() => parseKeyAlgorithm(spki), fault('x509.key_malformed'));
    });
  }
});

it('an RSA key is whole octets', () => {
  const numbers = der.sequence(der.integer(5), der.integer(2));
  const odd = der.sequence(algorithmId(OID.rsaEncryption, der.null()), der.bits(numbers, 1));
  assert.throws(() => parseKeyAlgorithm(odd), fault('x509.key_malformed'));
});

describe('publicKeyOf', () => {
  const holder = (spki: Uint8Array) => ({ spki, key: parseKeyAlgorithm(spki) });

  it('imports once for each holder', () => {
    const keys = holder(spkiOf(ecKeys()));
    assert.equal(publicKeyOf(keys), publicKeyOf(keys));
    assert.notEqual(publicKeyOf(keys), publicKeyOf({ ...keys }));
  });

  it('refuses keys of unknown algorithms, and points that are on no curve', () => {
    assert.throws(() => publicKeyOf(holder(spkiOf(generateKeyPairSync('x25519')))), fault('x509.key_unsupported'));
    const spki = spkiOf(ecKeys());
    spki[spki.length - 1] = (spki.at(-1) ?? 0) ^ 1;
    assert.throws(() => publicKeyOf(holder(spki)), fault('x509.key_unsupported'));
  });
});
