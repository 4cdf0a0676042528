import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { parseBase64url } from '@assay/formats';
import fc from 'fast-check';
import { type CryptoKey, decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { importEcKey, thumbprint } from '../../src/ec-keys.ts';
import { createFixedKeys, type KeySource } from '../../src/keys/key-source.ts';
import { signJws, toKid } from '../../src/signing-key.ts';
import { sealToken } from '../../src/token/sealed.ts';
import type { TokenPlace } from '../../src/token/verify.ts';
import { fromPoint } from '../../src/wire/jwk.ts';
import { API, APP, ISS, NOW, phone, random, withCode } from '../kit.ts';
import { createVerifier, issue, issuer } from './kit.ts';

const jkt = thumbprint(phone.K.publicJwk);
const attestation = () => issue({ type: 'oauth-client-attestation+jwt' });
const bearer = () => issue({ key: undefined, assurance: 'low' });
const refuses = (token: string, code: string, place: TokenPlace = 'dpop', verifier = createVerifier()) =>
  assert.rejects(verifier.verify(token, place), withCode(code));

/** A token by the issuer's key with other claims or another header type. */
const forge = (change: object, typ = 'at+jwt') => signJws(typ, { ...decodeJwt(issue()), ...change }, issuer);

describe('verify', () => {
  it('gives the claims and the key to be proven, in both shapes', async () => {
    const verifier = createVerifier();
    const access = await verifier.verify(issue(), 'dpop');
    assert.equal(access.jkt, jkt);
    assert.equal(access.claims.sub, APP);
    assert.equal(access.kid, issuer.kid);
    const client = await verifier.verify(attestation(), 'attestation');
    assert.equal(client.jkt, jkt);
  });

  it('takes each kind of token in its own place only', async () => {
    await createVerifier().verify(bearer(), 'bearer');
    await refuses(attestation(), 'tokens.token_type_refused', 'dpop');
    await refuses(attestation(), 'tokens.token_type_refused', 'bearer');
    await refuses(issue(), 'tokens.token_type_refused', 'attestation');
    await refuses(bearer(), 'tokens.token_unbound', 'dpop');
    await refuses(issue(), 'tokens.token_bound_as_bearer', 'bearer');
    await refuses(signJws('JWT', decodeJwt(issue()), issuer), 'tokens.token_type_refused');
  });

  it('refuses other audiences and apps by equality, not by prefix', async () => {
    await refuses(issue({ audience: `${API}/` }), 'tokens.token_audience_mismatch');
    await refuses(issue({ audience: 'https://api.example.co' }), 'tokens.token_audience_mismatch');
    await refuses(forge({ aud: [API] }), 'tokens.token_malformed');
    await refuses(issue({ app: 'com.example.bank.evil' }), 'tokens.token_app_refused');
  });

  it('keeps to the times, with 30 s for clocks', async () => {
    const at = (ms: number) => createVerifier({ clock: () => NOW + ms });
    const token = issue();
    await at(329_999).verify(token, 'dpop');
    await refuses(token, 'tokens.token_expired', 'dpop', at(330_000));
    await at(-30_000).verify(token, 'dpop');
    await refuses(token, 'tokens.token_not_yet_valid', 'dpop', at(-30_001));
    await refuses(token, 'tokens.token_expired', 'dpop', at(Number.NaN));
  });

  it('refuses what lacks a claim or has one of another form', async () => {
    for (const name of ['iss', 'aud', 'sub', 'iat', 'exp', 'jti', 'acr', 'amr', 'iid', 'att']) {
      await refuses(forge({ [name]: undefined }), 'tokens.token_malformed');
    }
    await refuses(forge({ exp: '1' }), 'tokens.token_malformed');
    await refuses(forge({ exp: 1.5 }), 'tokens.token_malformed');
    await refuses(forge({ acr: 'urn:assay:app:best' }), 'tokens.token_malformed');
    await refuses(forge({ cnf: {} }), 'tokens.token_malformed');
    await refuses(forge({ cnf: { jkt, jwk: phone.K.publicJwk } }), 'tokens.token_malformed');
    await refuses(forge({ cnf: { jkt: 'short' } }), 'tokens.token_malformed');
  });

  it('ignores claims it does not know', async () => {
    const { claims } = await createVerifier().verify(forge({ later: true }), 'dpop');
    assert.ok(!('later' in claims));
  });

  it('refuses anything that is no token', async () => {
    for (const text of ['', '..', 'a.b', 'x'.repeat(4097), `Bearer ${issue()}`, ` ${issue()}`]) {
      await refuses(text, 'tokens.token_malformed');
    }
    const verifier = createVerifier();
    const token = issue();
    const broken = fc
      .tuple(fc.nat(token.length), fc.nat(4), fc.string({ maxLength: 4 }))
      .map(([at, cut, put]) => token.slice(0, at) + put + token.slice(at + cut))
      .filter((text) => text !== token);
    const property = fc.asyncProperty(broken, (text) => assert.rejects(verifier.verify(text, 'dpop'), AssayError));
    await fc.assert(property, { seed: 15, numRuns: 800 });
  });
});

describe('tokens made by jose', () => {
  it('verify here', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const { x = '', y = '' } = await exportJWK(publicKey);
    const publicJwk = fromPoint(Uint8Array.of(4, ...parseBase64url(x), ...parseBase64url(y)));
    const kid = toKid(publicJwk);
    const verifier = createVerifier({ issuers: [{ iss: ISS, keys: createFixedKeys([{ kid, publicJwk }]) }] });
    for (let round = 0; round < 20; round += 1) {
      const token = await signByJose(decodeJwt(issue()), privateKey, kid);
      assert.equal((await verifier.verify(token, 'dpop')).jkt, jkt);
    }
  });
});

const signByJose = (claims: JWTPayload, key: CryptoKey, kid: string) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid }).sign(key);

describe('remembered tokens', () => {
  /** Keys that can be withdrawn, with a count of how often they were used for a signature. */
  function countingKeys(): { source: KeySource; withdraw: () => void; finds: () => number } {
    let keys: ReadonlyMap<string, KeyObject> = new Map([[issuer.kid, importEcKey(issuer.publicJwk)]]);
    let finds = 0;
    const current = (kid: string) => keys.get(kid);
    return {
      source: {
        current,
        find: async (kid) => {
          finds += 1;
          return current(kid);
        },
      },
      withdraw: () => {
        keys = new Map();
      },
      finds: () => finds,
    };
  }

  it('are judged again by time, place and app', async () => {
    let now = NOW;
    const verifier = createVerifier({ clock: () => now });
    const token = issue();
    assert.equal(await verifier.verify(token, 'dpop'), await verifier.verify(token, 'dpop'));
    await refuses(token, 'tokens.token_bound_as_bearer', 'bearer', verifier);
    now += 400_000;
    await refuses(token, 'tokens.token_expired', 'dpop', verifier);
  });

  it('are not taken any more once their key is withdrawn', async () => {
    const { source, withdraw } = countingKeys();
    const verifier = createVerifier({ issuers: [{ iss: ISS, keys: source }] });
    const token = issue();
    await verifier.verify(token, 'dpop');
    withdraw();
    await refuses(token, 'tokens.token_key_unknown', 'dpop', verifier);
  });

  it('are forgotten on demand, and not remembered at capacity 0', async () => {
    for (const verifier of [createVerifier(), createVerifier({ cacheCapacity: 0 })]) {
      const token = issue();
      const first = await verifier.verify(token, 'dpop');
      verifier.forget();
      assert.notEqual(await verifier.verify(token, 'dpop'), first);
    }
  });

  it('are not remembered when they were refused', async () => {
    const verifier = createVerifier();
    const token = issue({ audience: 'https://other.example' });
    await refuses(token, 'tokens.token_audience_mismatch', 'dpop', verifier);
    await refuses(token, 'tokens.token_audience_mismatch', 'dpop', verifier);
  });

  it('never answer for a text that only looks alike', async () => {
    const verifier = createVerifier();
    const token = issue();
    await verifier.verify(token, 'dpop');
    const lookalike = token.replace('e', String.fromCharCode(0x100 + 'e'.charCodeAt(0)));
    await refuses(lookalike, 'tokens.token_malformed', 'dpop', verifier);
  });

  it('never answer for a token with another signature', async () => {
    const verifier = createVerifier();
    const token = issue();
    await verifier.verify(token, 'dpop');
    const other = issue();
    const mixed = token.slice(0, token.lastIndexOf('.')) + other.slice(other.lastIndexOf('.'));
    await refuses(mixed, 'tokens.token_signature_invalid', 'dpop', verifier);
  });
});

describe('sealed tokens', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
  const seal = (token: string) => sealToken(token, { kty: 'EC', crv: 'P-256', x, y }, random);
  const keys = [pair.privateKey];

  it('are opened, then verified as any other', async () => {
    const verifier = createVerifier({ sealed: { keys } });
    const sealed = seal(issue());
    const verified = await verifier.verify(sealed, 'dpop');
    assert.deepEqual([verified.jkt, verified.isSealed], [jkt, true]);
    assert.equal(await verifier.verify(sealed, 'dpop'), verified, 'remembered by the text that came');
    await refuses(
      seal(issue({ audience: 'https://other.example' })),
      'tokens.token_audience_mismatch',
      'dpop',
      verifier,
    );
    await refuses(seal('no token'), 'tokens.token_malformed', 'dpop', verifier);
    await refuses(
      seal(sealed),
      'tokens.token_malformed',
      'dpop',
      createVerifier({ sealed: { keys, plain: 'accept' } }),
    );
  });

  it('are refused where nobody can open them, and readable ones where sealed ones are wanted', async () => {
    await refuses(seal(issue()), 'tokens.token_sealed');
    await refuses(issue(), 'tokens.token_not_sealed', 'dpop', createVerifier({ sealed: { keys } }));
    const both = createVerifier({ sealed: { keys, plain: 'accept' } });
    assert.equal((await both.verify(issue(), 'dpop')).isSealed, false);
    assert.equal((await both.verify(seal(issue()), 'dpop')).isSealed, true);
  });

  it('wait for keys as any other', async () => {
    const known = importEcKey(issuer.publicJwk);
    let asked = false;
    const source: KeySource = {
      current: () => (asked ? known : undefined),
      find: async () => {
        asked = true;
        return known;
      },
    };
    const verifier = createVerifier({ issuers: [{ iss: ISS, keys: source }], sealed: { keys } });
    assert.equal((await verifier.verify(seal(issue()), 'dpop')).isSealed, true);
  });
});

describe('createTokenVerifier', () => {
  it('refuses to be made for sealed tokens without keys', () => {
    assert.throws(() => createVerifier({ sealed: { keys: [] } }), withCode('tokens.list_empty'));
  });

  it('refuses to be made without issuers, audience or apps', () => {
    for (const change of [{ issuers: [] }, { audience: '' }, { apps: [] }]) {
      assert.throws(() => createVerifier(change), withCode('tokens.list_empty'));
    }
  });

  it('refuses a leeway that is none', () => {
    for (const leewaySeconds of [-1, 301, Number.NaN]) {
      assert.throws(() => createVerifier({ leewaySeconds }), withCode('tokens.config_invalid'));
    }
  });
});
