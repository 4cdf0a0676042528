import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { der, toPem } from '@assay/formats';
import { pinsOf } from '@assay/pins';
import fc from 'fast-check';
import { withCode } from '../wire/documents.ts';
import {
  certificate,
  certificateBag,
  contentBy,
  encryptedContent,
  key,
  keyBag,
  macOf,
  macWith,
  nested,
  pkcs12,
  plainContent,
  RC2,
  tripleDes,
} from './samples.ts';

const [{ pin } = { pin: '' }] = pinsOf(certificate);
const pkcs8 = key.privateKey.export({ type: 'pkcs8', format: 'der' });
const found = (input: Uint8Array, passphrase?: string) =>
  pinsOf(input, { passphrase }).map((each) => [each.source, each.pin]);

describe('PKCS#12 files', () => {
  const plain = plainContent(certificateBag(certificate), keyBag(pkcs8));

  it('give certificates, and no second line for their own key', () => {
    assert.deepEqual(found(pkcs12([plain])), [['certificate', pin]]);
    assert.deepEqual(found(pkcs12([plainContent(keyBag(pkcs8))])), [['private_key', pin]]);
  });

  it('are opened by PBES2', () => {
    const file = pkcs12([encryptedContent('secret', [certificateBag(certificate)])]);
    assert.deepEqual(found(file, 'secret'), [['certificate', pin]]);
    assert.throws(() => pinsOf(file, { passphrase: 'guess' }), withCode('pins.passphrase_wrong'));
    assert.throws(() => pinsOf(file), withCode('pins.passphrase_needed'));
  });

  it('may have contents inside of contents, up to a depth', () => {
    assert.deepEqual(found(pkcs12([plainContent(nested(certificateBag(certificate), 2))])), [['certificate', pin]]);
    const deep = pkcs12([plainContent(nested(certificateBag(certificate), 5))]);
    assert.throws(() => pinsOf(deep), withCode('der.too_deep'));
  });

  const refused: readonly (readonly [string, Uint8Array, string])[] = [
    ['with RC2', pkcs12([contentBy(RC2, new Uint8Array(16))]), 'pins.encryption_unsupported'],
    ['with a MAC that does not fit', pkcs12([plain], [macOf([plain], Buffer.alloc(20))]), 'pins.passphrase_wrong'],
    [
      'with more iterations than anybody needs',
      pkcs12([encryptedContent('x', [certificateBag(certificate)], 2 ** 31)]),
      'pins.encryption_unsupported',
    ],
    [
      'with a MAC of more iterations than anybody needs',
      pkcs12([plain], [macOf([plain], Buffer.alloc(20), 2 ** 40)]),
      'pins.encryption_unsupported',
    ],
    // Both are digests made in script, and cost more than as many rounds of PBKDF2.
    [
      'with more iterations of 3DES than anybody needs',
      pkcs12([contentBy(tripleDes(300_000), new Uint8Array(16))]),
      'pins.encryption_unsupported',
    ],
    [
      'with more iterations of its MAC in script than anybody needs',
      pkcs12([plain], [macOf([plain], Buffer.alloc(20), 1_000_000)]),
      'pins.encryption_unsupported',
    ],
    // Were its length the derived key's, this would run for days.
    [
      'with a MAC of another length',
      pkcs12([plain], [macWith(new Uint8Array(500_000), 1_000_000)]),
      'pins.passphrase_wrong',
    ],
    ['without anything that has a pin', pkcs12([plainContent()]), 'pins.container_empty'],
    ['of another version', der.sequence(der.integer(4), der.sequence()), 'pins.input_unknown'],
    ['cut short', pkcs12([plain]).subarray(0, -3), 'der.truncated'],
  ];
  for (const [kind, input, code] of refused) {
    it(`are refused ${kind}`, () => assert.throws(() => pinsOf(input, { passphrase: 'x' }), withCode(code)));
  }

  it('give pins or a coded error when they are damaged', () => {
    const seeds = [pkcs12([plain]), pkcs12([encryptedContent('x', [certificateBag(certificate)])])];
    const mutated = fc.tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(255));
    fc.assert(
      fc.property(mutated, ([bytes, at, byte]) => {
        try {
          pinsOf(Uint8Array.from(bytes).with(at % bytes.length, byte), { passphrase: 'x' });
        } catch (error) {
          assert.ok(error instanceof AssayError, String(error));
        }
      }),
      { seed: 13, numRuns: 800 },
    );
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** What OpenSSL writes, one row a way of writing: its own as of 3.x, that of 1.x, and the oldest. */
const WRITTEN: readonly (readonly [string, readonly string[], string])[] = [
  ['by default', [], 'read'],
  [
    'with 3DES and SHA-1',
    ['-legacy', '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    'read',
  ],
  ['with two-key 3DES', ['-legacy', '-certpbe', 'PBE-SHA1-2DES', '-keypbe', 'PBE-SHA1-2DES'], 'read'],
  ['with AES-128 and SHA-512', ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-128-CBC', '-macalg', 'sha512'], 'read'],
  ['without a MAC', ['-nomac'], 'read'],
  ['without encryption', ['-certpbe', 'NONE', '-keypbe', 'NONE'], 'read'],
  ['with RC2', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-40', '-keypbe', 'PBE-SHA1-3DES'], 'pins.encryption_unsupported'],
];

describe('PKCS#12 files that OpenSSL wrote', { skip: hasOpenssl ? false : 'there is no openssl' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-pkcs12-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const at = (file: string) => join(folder, file);
  writeFileSync(at('cert.pem'), toPem(certificate, 'CERTIFICATE'));
  writeFileSync(at('key.pem'), key.privateKey.export({ type: 'pkcs8', format: 'pem' }));

  for (const [kind, options, outcome] of WRITTEN) {
    for (const passphrase of ['pass wört', '']) {
      it(`${kind}, ${passphrase === '' ? 'without' : 'with'} a passphrase`, (t) => {
        const inputs = ['-in', at('cert.pem'), '-inkey', at('key.pem'), '-passout', `pass:${passphrase}`];
        const made = spawnSync('openssl', ['pkcs12', '-export', ...inputs, ...options, '-out', at('out.p12')]);
        if (made.status !== 0 && options.includes('-legacy')) return t.skip('this openssl has no legacy algorithms');
        assert.equal(made.status, 0, String(made.stderr));
        const file = readFileSync(at('out.p12'));
        if (outcome === 'read') assert.deepEqual(found(file, passphrase), [['certificate', pin]]);
        else assert.throws(() => pinsOf(file, { passphrase }), withCode(outcome));
        return undefined;
      });
    }
  }

  it('and bundles without keys', () => {
    spawnSync('openssl', ['crl2pkcs7', '-nocrl', '-certfile', at('cert.pem'), '-out', at('out.p7b')]);
    assert.deepEqual(
      pinsOf(readFileSync(at('out.p7b'), 'utf8')).map((each) => each.pin),
      [pin],
    );
  });
});
