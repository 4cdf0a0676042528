import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseBase64url } from '@assay/formats';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { thumbprint } from '../../src/ec-keys.ts';
import { toJwks } from '../../src/keys/ring.ts';
import { pairwiseId } from '../../src/token/issue.ts';
import { API, APP, ISS, NOW, phone, random, withCode } from '../kit.ts';
import { issue, issuer } from './kit.ts';

const jwks: JSONWebKeySet = { keys: toJwks([issuer]).keys.map((key) => ({ ...key })) };
const verifyByJose = (token: string, typ: string) =>
  jwtVerify(token, createLocalJWKSet(jwks), {
    issuer: ISS,
    audience: API,
    typ,
    algorithms: ['ES256'],
    currentDate: new Date(NOW),
    requiredClaims: ['sub', 'iat', 'exp', 'jti', 'cnf', 'acr', 'amr', 'iid', 'att'],
  });

describe('issueToken', () => {
  it('makes access tokens that jose verifies with our JWKS', async () => {
    const { payload } = await verifyByJose(issue(), 'at+jwt');
    assert.deepEqual(payload['cnf'], { jkt: thumbprint(phone.K.publicJwk) });
    assert.equal(payload['client_id'], APP);
    assert.equal(payload.sub, APP);
    assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 300);
    assert.equal(payload['acr'], 'urn:assay:app:substantial');
    assert.deepEqual(payload['att'], {
      plt: 'android',
      ver: '4.2.0',
      vat: NOW / 1000 - 86_400,
      fat: NOW / 1000 - 1,
      kp: 'hardware',
      tier: 'affirming',
      pol: 'bank@12',
    });
  });

  it('makes client attestations with the whole key and without client_id', async () => {
    const { payload } = await verifyByJose(
      issue({ type: 'oauth-client-attestation+jwt' }),
      'oauth-client-attestation+jwt',
    );
    assert.deepEqual(payload['cnf'], { jwk: phone.K.publicJwk });
    assert.equal(payload['client_id'], undefined);
  });

  it('says hwk for proven hardware alone', () => {
    assert.deepEqual(decodeJwt(issue())['amr'], ['hwk']);
    assert.deepEqual(decodeJwt(issue({ keyProtection: 'app_asserted' }))['amr'], []);
    assert.deepEqual(decodeJwt(issue({ keyProtection: 'software' }))['amr'], ['swk']);
    assert.deepEqual(decodeJwt(issue({ key: undefined, assurance: 'low' }))['amr'], []);
  });

  it('signs a claim about what was missing', () => {
    const { att } = decodeJwt<{ att: { deg: string[] } }>(issue({ degraded: ['vendor_unavailable'] }));
    assert.deepEqual(att.deg, ['vendor_unavailable']);
  });

  it('says why an install is let through that the rules refuse, and promises no more than that', () => {
    const letThrough = { admitted: 'monitor', degraded: ['vendor_unavailable'] } as const;
    for (const [tier, assurance] of [
      ['contraindicated', 'none'],
      ['affirming', 'high'],
    ] as const) {
      const claims = decodeJwt<{ acr: string; amr: string[]; att: object }>(issue({ ...letThrough, tier, assurance }));
      const { stg, tier: said, deg, kp } = claims.att as Record<string, unknown>;
      assert.deepEqual(
        { acr: claims.acr, amr: claims.amr, stg, said, deg, kp },
        {
          acr: 'urn:assay:app:low',
          amr: ['hwk'],
          stg: 'monitor',
          said: 'warning',
          deg: ['vendor_unavailable'],
          kp: 'hardware',
        },
      );
    }
    assert.equal(decodeJwt(issue({ key: undefined, ...letThrough, assurance: 'high' }))['cnf'], undefined);
  });

  it('carries annotations, and refuses those that a policy must not write', () => {
    const annotations = { channel: 'store', risk: 3, vip: false };
    assert.deepEqual(decodeJwt<{ att: { ann: object } }>(issue({ annotations })).att.ann, annotations);
    assert.ok(!('ann' in decodeJwt<{ att: object }>(issue({ annotations: {} })).att));
    assert.throws(() => issue({ annotations: { a: 'x'.repeat(129) } }), withCode('tokens.config_invalid'));
  });

  it('pads its claims to one length, whatever they say', async () => {
    const paddedBytes = 1920;
    const variants = [
      {},
      { admitted: 'off' },
      { tier: 'contraindicated', assurance: 'none' },
      { annotations: { a: 1 } },
    ] as const;
    const lengths = variants.map((change) => issue({ ...change, paddedBytes }).length);
    assert.equal(new Set(lengths).size, 1);
    await verifyByJose(issue({ paddedBytes }), 'at+jwt');
    const exact = JSON.stringify({ ...decodeJwt(issue()), pad: '' }).length;
    assert.equal(decodeJwt(issue({ paddedBytes: exact }))['pad'], '');
    assert.throws(() => issue({ paddedBytes: exact - 1 }), withCode('tokens.config_invalid'));
  });

  it('names the key in its header and nothing that a verifier could be led by', () => {
    assert.deepEqual(decodeProtectedHeader(issue()), { alg: 'ES256', typ: 'at+jwt', kid: issuer.kid });
  });

  it('makes bearer tokens of low assurance only, and never as client attestation', () => {
    assert.equal(decodeJwt(issue({ key: undefined, assurance: 'low' }))['cnf'], undefined);
    const refuses = (change: Parameters<typeof issue>[0]) =>
      assert.throws(() => issue({ key: undefined, assurance: 'low', ...change }), withCode('tokens.config_invalid'));
    refuses({ assurance: 'substantial' });
    refuses({ assurance: 'high' });
    refuses({ type: 'oauth-client-attestation+jwt' });
  });

  it('refuses empty names and lifetimes out of range', () => {
    for (const change of [
      { iss: '' },
      { audience: '' },
      { app: '' },
      { lifetimeSeconds: 0 },
      { lifetimeSeconds: 3601 },
      { lifetimeSeconds: 1.5 },
    ]) {
      assert.throws(() => issue(change), withCode('tokens.config_invalid'));
    }
  });
});

describe('pairwiseId', () => {
  const secret = random(32);
  it('is 16 bytes, the same for one audience and lineage, and another for every other', () => {
    const id = pairwiseId(secret, API, 'lineage');
    assert.equal(parseBase64url(id).length, 16);
    assert.equal(pairwiseId(secret, API, 'lineage'), id);
    const others = [
      pairwiseId(secret, 'b', 'lineage'),
      pairwiseId(secret, API, 'b'),
      pairwiseId(random(32), API, 'lineage'),
    ];
    assert.ok(!others.includes(id));
    assert.notEqual(pairwiseId(secret, 'ab', 'c'), pairwiseId(secret, 'a', 'bc'));
  });
});
