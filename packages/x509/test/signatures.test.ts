import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { DerReader, der } from '@assay/formats';
import {
  ECDSA_SHA256,
  RSA_SHA256,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
  type Signed,
  verifySignedBy,
} from '@assay/x509';
import { readAlgorithmIdentifier } from '../src/signed.ts';
import { fault } from './support/chain.ts';
import { algorithmId, ecKeys, type Keys, rsaKeys } from './support/mint.ts';

const KEYS: Readonly<Record<SignatureAlgorithm['key'], Keys>> = { ec: ecKeys(), rsa: rsaKeys(2048) };
const tbs = Buffer.from('signed bytes');

function signed(row: SignatureAlgorithm, ...parameters: Uint8Array[]): Signed {
  const identifier = algorithmId(row.oid, ...parameters);
  const signatureAlgorithm = readAlgorithmIdentifier(DerReader.of(identifier), false);
  return { tbs, signatureAlgorithm, signature: sign(row.hash, tbs, KEYS[row.key].privateKey) };
}

describe('verifySignedBy', () => {
  for (const row of SIGNATURE_ALGORITHMS) {
    const { publicKey } = KEYS[row.key];
    const good = signed(row, ...(row.key === 'rsa' ? [der.null()] : []));

    it(`${row.id} verifies what was signed, and nothing else`, () => {
      assert.doesNotThrow(() => verifySignedBy(good, publicKey, [row]));
      const other = { ...good, tbs: Buffer.from('other bytes') };
      assert.throws(() => verifySignedBy(other, publicKey, [row]), fault('x509.signature_invalid'));
    });

    it(`${row.id} is refused unless listed`, () => {
      const rest = SIGNATURE_ALGORITHMS.filter((listed) => listed !== row);
      assert.throws(() => verifySignedBy(good, publicKey, rest), fault('x509.algorithm_refused'));
      assert.throws(() => verifySignedBy(good, publicKey, []), fault('x509.algorithm_refused'));
    });

    it(`${row.id} does not verify under a key of the other kind`, () => {
      const other = KEYS[row.key === 'ec' ? 'rsa' : 'ec'].publicKey;
      assert.throws(() => verifySignedBy(good, other, [row]), fault('x509.signature_invalid'));
    });

    it(`${row.id} takes no parameters of another form`, () => {
      const odd = row.key === 'ec' ? der.null() : der.sequence();
      assert.throws(() => verifySignedBy(signed(row, odd), publicKey, [row]), fault('x509.algorithm_refused'));
    });
  }

  it('does not take an ECDSA signature under the name of RSA', () => {
    const { signatureAlgorithm } = signed(RSA_SHA256, der.null());
    const renamed = { ...signed(ECDSA_SHA256), signatureAlgorithm };
    assert.throws(() => verifySignedBy(renamed, KEYS.ec.publicKey, [RSA_SHA256]), fault('x509.signature_invalid'));
  });

  it('calls a signature that is no DER invalid', () => {
    for (const signature of [Uint8Array.of(), Uint8Array.of(0x30, 0x80), new Uint8Array(3000)]) {
      const broken = { ...signed(ECDSA_SHA256), signature };
      assert.throws(() => verifySignedBy(broken, KEYS.ec.publicKey, [ECDSA_SHA256]), fault('x509.signature_invalid'));
    }
  });

  it('has no row for MD5 and SHA-1', () => {
    assert.ok(SIGNATURE_ALGORITHMS.every(({ hash }) => ['sha256', 'sha384', 'sha512'].includes(hash)));
  });
});

describe('readAlgorithmIdentifier', () => {
  const trailing = algorithmId(ECDSA_SHA256.oid, der.null(), der.null());

  it('takes one element of parameters', () => {
    assert.throws(() => readAlgorithmIdentifier(DerReader.of(trailing), false), { code: 'der.trailing_bytes' });
  });

  it('gives no meaning to trailing bytes where they are tolerated', () => {
    const identifier = readAlgorithmIdentifier(DerReader.of(trailing), true);
    assert.equal(identifier.parameters, undefined);
    assert.deepEqual(identifier.raw, new Uint8Array(trailing));
  });
});
