import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { der, toPem } from '@assay/formats';
import { pinsOf } from '@assay/pins';
import fc from 'fast-check';
import { withCode } from './wire/documents.ts';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const spkiOf = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });
const pinOf = (key: KeyObject): string => createHash('sha256').update(spkiOf(key)).digest('base64');

const name = der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8('test'))));
const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const validity = der.sequence(der.utcTime(0), der.utcTime(86_400_000));

function certificateOf(key: KeyObject, version: Uint8Array[] = [der.explicit(0, der.integer(2))]): Uint8Array {
  const tbs = der.sequence(...version, der.integer(1), algorithm, name, validity, name, spkiOf(key));
  return der.sequence(tbs, algorithm, der.bits(new Uint8Array(70)));
}

function requestOf(key: KeyObject, signer: KeyObject): Uint8Array {
  const info = der.sequence(der.integer(0), name, spkiOf(key), der.explicit(0));
  return der.sequence(info, algorithm, der.bits(sign('sha256', info, signer)));
}

const request = requestOf(ec.publicKey, ec.privateKey);

const pkcs8 = ec.privateKey.export({ type: 'pkcs8', format: 'der' });
const rows: readonly [string, Uint8Array | string, readonly string[]][] = [
  ['a public key in DER', spkiOf(ec.publicKey), [pinOf(ec.publicKey)]],
  ['a public key in PEM', rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(), [pinOf(rsa.publicKey)]],
  ['a bare RSA public key in DER', rsa.publicKey.export({ type: 'pkcs1', format: 'der' }), [pinOf(rsa.publicKey)]],
  [
    'a bare RSA public key in PEM',
    rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    [pinOf(rsa.publicKey)],
  ],
  ['a certificate in DER', certificateOf(rsa.publicKey), [pinOf(rsa.publicKey)]],
  ['a certificate of version 1', certificateOf(ec.publicKey, []), [pinOf(ec.publicKey)]],
  [
    'a chain in PEM, in its order',
    [ec, rsa].map(({ publicKey }) => toPem(certificateOf(publicKey), 'CERTIFICATE')).join(''),
    [pinOf(ec.publicKey), pinOf(rsa.publicKey)],
  ],
  [
    // A search that backtracks would take years over so many.
    'blank lines and comments behind a certificate',
    `${toPem(certificateOf(rsa.publicKey), 'CERTIFICATE')}${'\r\n \t\n'.repeat(500)}# the backup is elsewhere`,
    [pinOf(rsa.publicKey)],
  ],
  ['a request in DER', request, [pinOf(ec.publicKey)]],
  ['a request in PEM', toPem(request, 'CERTIFICATE REQUEST'), [pinOf(ec.publicKey)]],
  ['a request under its old label', toPem(request, 'NEW CERTIFICATE REQUEST'), [pinOf(ec.publicKey)]],
  ['a PKCS#8 key in PEM', ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), [pinOf(ec.publicKey)]],
  ['an SEC 1 key in PEM', ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString(), [pinOf(ec.publicKey)]],
  [
    'a key behind a certificate',
    toPem(certificateOf(rsa.publicKey), 'CERTIFICATE') + toPem(pkcs8, 'PRIVATE KEY'),
    [pinOf(rsa.publicKey), pinOf(ec.publicKey)],
  ],
  ['a PKCS#8 key in DER', pkcs8, [pinOf(ec.publicKey)]],
  ['an SEC 1 key in DER', ec.privateKey.export({ type: 'sec1', format: 'der' }), [pinOf(ec.publicKey)]],
  ['a PKCS#1 key in DER', rsa.privateKey.export({ type: 'pkcs1', format: 'der' }), [pinOf(rsa.publicKey)]],
];

const refused: readonly [string, Uint8Array | string, string][] = [
  [
    'two numbers that are no RSA key',
    der.sequence(der.integer(65_537), der.octets(Uint8Array.of(1))),
    'pins.input_unknown',
  ],
  ['another kind of PEM', toPem(request, 'X509 CRL'), 'pins.input_unknown'],
  ['a pin itself', pinOf(ec.publicKey), 'pins.input_unknown'],
  ['nothing', '', 'pins.input_unknown'],
  [
    'words behind blank lines',
    `${toPem(certificateOf(ec.publicKey), 'CERTIFICATE')}${'\n'.repeat(1000)}words`,
    'pins.input_unknown',
  ],
  ['no bytes', new Uint8Array(), 'der.element_missing'],
  ['a request that another key signed', requestOf(rsa.publicKey, ec.privateKey), 'pins.request_signature_invalid'],
  ['trailing bytes', Buffer.concat([certificateOf(ec.publicKey), Uint8Array.of(0)]), 'der.trailing_bytes'],
  ['other bytes in the place of a key', toPem(certificateOf(ec.publicKey), 'PUBLIC KEY'), 'der.unexpected_tag'],
];

describe('pins of an input', () => {
  for (const [kind, input, pins] of rows)
    it(`reads ${kind}`, () =>
      assert.deepEqual(
        pinsOf(input).map(({ pin }) => pin),
        pins,
      ));

  for (const [kind, input, code] of refused)
    it(`refuses ${kind}`, () => assert.throws(() => pinsOf(input), withCode(code)));

  it('tells nothing of a private key, neither where it can be read nor where it cannot', () => {
    const pem = ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const body = (pem.split('\n')[1] ?? '').slice(8, 32);
    assert.ok(!JSON.stringify(pinsOf(pem)).includes(body));
    assert.throws(
      () => pinsOf(pem.replace('MIGH', 'MIGA')),
      (error: AssayError) =>
        error.code === 'pins.private_key_unusable' &&
        error.cause === undefined &&
        !JSON.stringify([error.message, error.stack, error.detail]).includes(body),
    );
  });

  it('opens an encrypted key by its passphrase alone', () => {
    const about = { type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'correct horse' } as const;
    const [pem, bytes] = [
      ec.privateKey.export({ ...about, format: 'pem' }).toString(),
      ec.privateKey.export({ ...about, format: 'der' }),
    ];
    for (const input of [pem, bytes]) {
      assert.deepEqual(
        pinsOf(input, { passphrase: 'correct horse' }).map(({ pin, source }) => [pin, source]),
        [[pinOf(ec.publicKey), 'private_key']],
      );
      assert.throws(() => pinsOf(input), withCode('pins.passphrase_needed'));
      assert.throws(() => pinsOf(input, { passphrase: 'battery' }), withCode('pins.passphrase_wrong'));
    }
  });

  it('opens no encrypted key that asks for more work than anybody needs', () => {
    const salted = (iterations: number) => der.sequence(der.octets(new Uint8Array(8)), der.integer(iterations));
    const scheme = der.sequence(der.oid('2.16.840.1.101.3.4.1.42'), der.octets(new Uint8Array(16)));
    const pbes2 = (kdf: string, parameters: Uint8Array) =>
      der.sequence(der.oid('1.2.840.113549.1.5.13'), der.sequence(der.sequence(der.oid(kdf), parameters), scheme));
    // Little memory, and done again and again.
    const scrypt = [2 ** 12, 1, 1000].map((each) => der.integer(each));
    for (const algorithm of [
      pbes2('1.2.840.113549.1.5.12', salted(2 ** 40)),
      pbes2('1.3.6.1.4.1.11591.4.11', der.sequence(der.octets(new Uint8Array(8)), ...scrypt)),
      der.sequence(der.oid('1.2.840.113549.1.12.1.3'), salted(2 ** 40)),
    ]) {
      const bytes = der.sequence(algorithm, der.octets(new Uint8Array(64)));
      for (const input of [bytes, toPem(bytes, 'ENCRYPTED PRIVATE KEY')])
        assert.throws(() => pinsOf(input, { passphrase: 'x' }), withCode('pins.encryption_unsupported'));
    }
  });

  it('gives pins or a coded error for any bytes', () => {
    const seeds = [spkiOf(ec.publicKey), certificateOf(ec.publicKey), request];
    const mutated = fc
      .tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(255))
      .map(([bytes, at, byte]) => Uint8Array.from(bytes).with(at % bytes.length, byte));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), mutated, fc.string()), (input) => {
        try {
          pinsOf(input);
        } catch (error) {
          assert.ok(error instanceof AssayError, String(error));
        }
      }),
      { seed: 11, numRuns: 1000 },
    );
  });
});
