import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import type { JsonValue } from '@assay/formats';
import fc from 'fast-check';
import { exportJWK, SignJWT } from 'jose';
import { assuranceCeiling, verifyAppCheckToken } from '../../src/index.ts';
import { APP, CLAIMS, checking, JWKS, mintAppCheck, NOW, PROJECT } from '../support/mint-app-check.ts';

const INPUT = { project: PROJECT, apps: [APP] };

describe('verifyAppCheckToken', () => {
  it('shows the app, and nothing about device or key', () => {
    const result = checking()();
    assert.equal(result.outcome, 'verified');
    assert.deepEqual([result.proven.app, result.proven.limitedUse], [APP, false]);
    assert.deepEqual([result.proven.issuedAt, result.proven.expiresAt], [NOW - 60_000, NOW + 3_540_000]);
    const { app, key, device, platform, evidence } = result.facts;
    assert.deepEqual(app.id, { known: 'proven', value: APP, by: 'firebase-app-check' });
    assert.deepEqual([key.protection.known, platform.known], ['claimed', 'claimed']);
    assert.ok(Object.values(device).every(({ known }) => known === 'absent'));
    assert.equal(assuranceCeiling(evidence), 'low');
  });

  it('names a token by what is signed: once for every copy, and differently for every token', () => {
    const onceOf = (claims: object) => {
      const result = checking({ claims })();
      assert.equal(result.outcome, 'verified');
      return result.proven.once;
    };
    assert.equal(onceOf(CLAIMS), onceOf(CLAIMS));
    assert.notEqual(onceOf(CLAIMS), onceOf({ ...CLAIMS, jti: 'one' }));
    assert.match(onceOf(CLAIMS), /^[A-Za-z0-9_-]{43}$/);
  });

  it('knows a token of limited use by its name', () => {
    const result = checking({ claims: { ...CLAIMS, jti: 'once' } })();
    assert.equal(result.outcome === 'verified' && result.proven.limitedUse, true);
  });

  it('reads what another library makes', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { iss, sub, aud, iat, exp } = CLAIMS;
    const token = await new SignJWT({ aud, provider: 'app_attest' })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'jose' })
      .setIssuer(iss)
      .setSubject(sub)
      .setIssuedAt(iat)
      .setExpirationTime(exp)
      .sign(privateKey);
    const keys: JsonValue = JSON.parse(JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'jose' }] }));
    assert.equal(verifyAppCheckToken({ ...INPUT, token }, { keys, at: NOW }).outcome, 'verified');
  });

  const wrong: readonly (readonly [string, object, JsonValue])[] = [
    ['app_check.project_invalid', { project: 'example-bank' }, JWKS],
    ['app_check.project_invalid', { project: '' }, JWKS],
    ['app_check.apps_empty', { apps: [] }, JWKS],
    ['app_check.keys_unusable', {}, { keys: [] }],
  ];
  for (const [code, change, keys] of wrong) {
    it(`is a fault of the configuration: ${code} ${JSON.stringify(change)}`, () => {
      const input = { ...INPUT, token: mintAppCheck(), ...change };
      assert.throws(() => verifyAppCheckToken(input, { keys, at: NOW }), { code, family: 'config' });
    });
  }

  it('refuses every change of one character, and any text', () => {
    const valid = mintAppCheck();
    const verify = (token: string) => verifyAppCheckToken({ ...INPUT, token }, { keys: JWKS, at: NOW }).outcome;
    const runs = { numRuns: 300, seed: 20261121 };
    fc.assert(
      fc.property(fc.nat(valid.length - 1), fc.integer({ min: 33, max: 126 }), (at, code) => {
        const token = valid.slice(0, at) + String.fromCharCode(code) + valid.slice(at + 1);
        assert.equal(verify(token), token === valid ? 'verified' : 'rejected');
      }),
      runs,
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => assert.equal(verify(text), 'rejected')),
      runs,
    );
  });
});
