import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { parseBase64url, toBase64url, utf8 } from '@assay/formats';
import type { EcJwk } from '@assay/formats/shape';
import fc from 'fast-check';
import { CompactEncrypt, compactDecrypt, exportJWK, generateKeyPair } from 'jose';
import { toKid } from '../../src/signing-key.ts';
import { createTokenOpener, isSealed, SEALED_CLAIMS_BYTES, sealToken } from '../../src/token/sealed.ts';
import { MAX_TOKEN_CHARACTERS } from '../../src/token/signature.ts';
import { random, withCode } from '../kit.ts';
import { issue } from './kit.ts';

interface ApiKey {
  readonly privateKey: KeyObject;
  readonly jwk: EcJwk;
}

function createApiKey(): ApiKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return { privateKey, jwk: { kty: 'EC', crv: 'P-256', x, y } };
}

const api = createApiKey();
const other = createApiKey();
const open = createTokenOpener([api.privateKey]);
const token = issue();
const sealed = sealToken(token, api.jwk, random);

const headerOf = (text: string) => JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString());

/** The sealed token with other members in its header. */
function withHeader(change: object): string {
  const parts = sealed.split('.');
  return [toBase64url(utf8(JSON.stringify({ ...headerOf(sealed), ...change }))), ...parts.slice(1)].join('.');
}

function withPart(index: number, part: string): string {
  return sealed
    .split('.')
    .map((each, at) => (at === index ? part : each))
    .join('.');
}

const refuses = (text: string, code: string) => assert.throws(() => open(text), withCode(code));

describe('sealToken', () => {
  it('makes a JWE of the one form that the API opens', () => {
    assert.equal(open(sealed), token);
    const { epk, ...header } = headerOf(sealed);
    assert.deepEqual(header, { alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT', kid: toKid(api.jwk) });
    assert.deepEqual(Object.keys(epk).toSorted(), ['crv', 'kty', 'x', 'y']);
  });

  it('agrees with another implementation, both ways', async () => {
    const { plaintext } = await compactDecrypt(sealed, api.privateKey);
    assert.equal(Buffer.from(plaintext).toString(), token);
    const foreign = await new CompactEncrypt(utf8(token))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT', kid: toKid(api.jwk) })
      .encrypt(createPublicKey(api.privateKey));
    assert.equal(open(foreign), token);
  });

  it('makes each one anew, all in one length, below what verifiers take', () => {
    const annotations = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, '~'.repeat(128)]));
    const verdicts = [
      {},
      { annotations },
      { tier: 'contraindicated', assurance: 'none' },
      { admitted: 'forced_pass' },
    ] as const;
    for (const type of ['at+jwt', 'oauth-client-attestation+jwt'] as const) {
      const all = verdicts.map((each) =>
        sealToken(issue({ ...each, type, paddedBytes: SEALED_CLAIMS_BYTES }), api.jwk, random),
      );
      assert.equal(new Set(all.map(({ length }) => length)).size, 1);
      assert.ok((all[0]?.length ?? 0) < MAX_TOKEN_CHARACTERS, `${all[0]?.length}`);
    }
    assert.notEqual(sealToken(token, api.jwk, random), sealed);
  });

  it('refuses a recipient that is no point', () => {
    const bent = { ...api.jwk, y: api.jwk.x };
    assert.throws(() => sealToken(token, bent, random), withCode('tokens.key_ring_invalid'));
  });
});

describe('createTokenOpener', () => {
  it('takes keys as objects and as JWK, several at a time', () => {
    const { d = '' } = api.privateKey.export({ format: 'jwk' });
    assert.equal(createTokenOpener([{ ...api.jwk, d }])(sealed), token);
    const both = createTokenOpener([other.privateKey, api.privateKey]);
    assert.equal(both(sealed), token);
    assert.equal(both(sealToken(token, other.jwk, random)), token);
    assert.throws(() => createTokenOpener([other.privateKey])(sealed), withCode('tokens.sealed_key_unknown'));
  });

  it('refuses to be made of no keys, one twice, or of what is none', () => {
    assert.throws(() => createTokenOpener([]), withCode('tokens.list_empty'));
    const { d = '' } = api.privateKey.export({ format: 'jwk' });
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    const publicKey = createPublicKey(api.privateKey);
    const bad = [
      [api.privateKey, { ...api.jwk, d }],
      [rsa],
      [p384],
      [publicKey],
      [{ ...api.jwk, d: 'AA' }],
      [{ ...other.jwk, d }],
    ];
    for (const keys of bad) assert.throws(() => createTokenOpener(keys), withCode('tokens.key_ring_invalid'));
  });

  it('pins algorithms and members of the header', () => {
    for (const change of [
      { alg: 'dir' },
      { alg: 'RSA-OAEP' },
      { enc: 'A128GCM' },
      { enc: 'A128CBC-HS256' },
      { cty: 'json' },
      { cty: undefined },
      { kid: undefined },
      { zip: 'DEF' },
      { crit: ['exp'] },
      { apu: 'QQ' },
      { jku: 'https://evil.test' },
      { epk: { ...api.jwk, d: 'AA' } },
      { epk: { ...api.jwk, crv: 'P-384' } },
      { epk: { ...api.jwk, y: api.jwk.x } },
    ]) {
      refuses(withHeader(change), 'tokens.sealed_malformed');
    }
    refuses(withHeader({ kid: toKid(other.jwk) }), 'tokens.sealed_key_unknown');
    refuses(withHeader({ epk: other.jwk }), 'tokens.sealed_not_opened');
  });

  it('refuses other parts, their shapes and their sizes', () => {
    const [, , iv = '', text = '', tag = ''] = sealed.split('.');
    for (const [index, part] of [
      ...[
        [1, 'AA'],
        [2, ''],
        [2, 'AAAA'],
        [2, `${iv}=`],
        [4, ''],
        [4, tag.slice(0, 4)],
        [4, `${tag}AA`],
        [3, `${text}!`],
      ],
    ] as const) {
      refuses(withPart(Number(index), String(part)), 'tokens.sealed_malformed');
    }
    refuses(withPart(3, ''), 'tokens.sealed_not_opened');
    refuses(withPart(3, text.slice(0, 400)), 'tokens.sealed_not_opened');
    refuses(withPart(2, toBase64url(random(12))), 'tokens.sealed_not_opened');
    refuses(withPart(4, toBase64url(random(16))), 'tokens.sealed_not_opened');
    for (const each of ['', '....', `${sealed}.`, `${sealed}.AA`, token]) refuses(each, 'tokens.sealed_malformed');
  });

  it('refuses every changed bit as what it is, and never crashes', () => {
    const bytes = fc.nat({ max: sealed.length - 1 });
    fc.assert(
      fc.property(bytes, fc.constantFrom(...'AZaz09-_.=~'), (at, character) => {
        const bent = `${sealed.slice(0, at)}${character}${sealed.slice(at + 1)}`;
        if (bent === sealed) return;
        assert.throws(() => open(bent), AssayError);
      }),
      { seed: 4, numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string(), (text) => assert.throws(() => open(text), AssayError)),
      { seed: 4, numRuns: 300 },
    );
  });

  it('does not open for a curve of another kind', async () => {
    const { privateKey } = await generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true });
    const { x = '' } = await exportJWK(privateKey);
    refuses(withHeader({ epk: { kty: 'OKP', crv: 'X25519', x } }), 'tokens.sealed_malformed');
    assert.ok(createPrivateKey(api.privateKey.export({ format: 'pem', type: 'pkcs8' })));
  });
});

describe('isSealed', () => {
  it('tells a JWE from a JWS', () => {
    assert.ok(isSealed(sealed));
    for (const each of [token, '', 'a.b', 'a.b.c.d.e', 'a..b.c', 'a..b.c.d.e']) assert.ok(!isSealed(each), each);
    assert.equal(parseBase64url(sealed.split('.')[2] ?? '').length, 12);
  });
});
