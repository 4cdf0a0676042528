import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError, EvidenceError } from '@assay/core';
import { parseBase64url, toBase64url, utf8 } from '@assay/formats';
import { createChallenge } from '../src/challenge.ts';
import { sha256, thumbprint, thumbprintBytes } from '../src/ec-keys.ts';
import { verifyCosign, verifyRequest } from '../src/request.ts';
import { bindingPreimage } from '../src/wire/binding.ts';
import { toPoint } from '../src/wire/jwk.ts';
import { createKeyedJws } from '../src/wire/jws.ts';
import { createCosign, parseRequest, type RequestBody } from '../src/wire/request.ts';
import {
  APP,
  challengeFor,
  challengeKeys,
  contextFor,
  createPhone,
  ISS,
  NOW,
  phone,
  type RequestOptions,
  random,
  requestBody,
  statementFor,
  toBytes,
  withCode,
} from './kit.ts';

const verify = (body: RequestBody, context = contextFor()) => verifyRequest(parseRequest(toBytes(body)), context);
const refuses = async (options: RequestOptions, code: string, context = contextFor()) => {
  const body = await requestBody(options);
  assert.throws(() => verify(body, context), withCode(code));
};

/** The body with the bytes of S changed and the signature left as it was. */
function withStatement(body: RequestBody, change: (statement: string) => string): RequestBody {
  const [header = '', payload = '', signature = ''] = body.request.split('.');
  const changed = change(new TextDecoder().decode(parseBase64url(payload)));
  return { ...body, request: `${header}.${toBase64url(utf8(changed))}.${signature}` };
}

describe('verifyRequest', () => {
  it('gives what was proven', async () => {
    const body = await requestBody();
    const verified = verify(body);
    assert.equal(verified.jkt, thumbprint(phone.K.publicJwk));
    assert.deepEqual(verified.encryptionKey, phone.E.publicJwk);
    assert.deepEqual(verified.requestHash, sha256(body.request));
    assert.equal(verified.challenge.ageMs, 0);
  });

  it('takes each purpose on its own route', async () => {
    for (const purpose of ['enrol', 'step_up', 'refresh', 'rekey'] as const) {
      const body = await requestBody({ purpose });
      assert.equal(verify(body, contextFor([purpose])).statement.purpose, purpose);
    }
    await refuses({ purpose: 'refresh' }, 'tokens.purpose_mismatch');
    await refuses({ purpose: 'enrol' }, 'tokens.purpose_mismatch', contextFor(['refresh']));
    await refuses({}, 'tokens.list_empty', contextFor([]));
  });

  it('refuses a challenge of another purpose under this one', async () => {
    const challenge = challengeFor({ purpose: 'refresh' });
    await refuses({ change: { challenge } }, 'tokens.challenge_purpose');
    const cheap = challengeFor({ purpose: 'enrol' });
    await refuses(
      { purpose: 'refresh', change: { challenge: cheap } },
      'tokens.challenge_purpose',
      contextFor(['refresh']),
    );
  });

  it('takes a refresh by the challenge of a reply for 900 s, by one that was asked for 300 s', async () => {
    const context = contextFor(['refresh']);
    const jkt = thumbprintBytes(phone.K.publicJwk);
    const ages = [
      ['refresh', 900],
      ['refresh_asked', 300],
    ] as const;
    for (const [kind, seconds] of ages) {
      const at = NOW - seconds * 1000;
      const challenge = createChallenge(kind, { iss: ISS, app: APP, jkt }, { keys: challengeKeys, at, random });
      const body = await requestBody({ purpose: 'refresh', change: { challenge } });
      assert.equal(verify(body, context).challenge.expiresAt, NOW);
      assert.throws(() => verify(body, { ...context, at: NOW + 1 }), withCode('tokens.challenge_expired'));
    }
  });

  it('refuses a challenge of another app, environment or tenant, for every pair of them', async () => {
    const places = ['acme', 'other'].flatMap((tenant) =>
      ['prod', 'dev'].flatMap((env) =>
        [APP, 'com.example.shop'].map((app) => ({ iss: `https://a.example/t/${tenant}/e/${env}`, app })),
      ),
    );
    for (const made of places) {
      for (const sent of places) {
        const challenge = challengeFor(made);
        const body = await requestBody({ ...sent, change: { challenge } });
        const context = { ...contextFor(), iss: sent.iss };
        if (made === sent) verify(body, context);
        else assert.throws(() => verify(body, context), withCode('tokens.challenge_invalid'));
      }
    }
  });

  it('refuses what was said to another server, though its challenge was forwarded', async () => {
    const challenge = challengeFor({});
    await refuses({ change: { challenge, aud: 'https://evil.example/t/acme/e/prod' } }, 'tokens.audience_mismatch');
  });

  it('refuses a swapped encryption key, and one swapped and signed by another key changes the binding', async () => {
    const body = await requestBody();
    const thief = createPhone();
    const enc = toBase64url(toPoint(thief.E.publicJwk));
    const swapped = withStatement(body, (text) => text.replace(/"enc":"[^"]+"/, `"enc":"${enc}"`));
    assert.throws(() => verify(swapped), withCode('tokens.request_signature_invalid'));
    const own = verify(await requestBody({ K: thief.K, change: { enc } }));
    const genuine = verify(body);
    const binding = (jkt: Uint8Array, bytes: Uint8Array) =>
      sha256(bindingPreimage('play-standard', jkt, new Uint8Array(0), bytes));
    assert.notDeepEqual(binding(own.jktBytes, own.bytes), binding(genuine.jktBytes, genuine.bytes));
    assert.notDeepEqual(binding(own.jktBytes, genuine.bytes), binding(genuine.jktBytes, genuine.bytes));
  });

  it('refuses somebody else’s public key in the header', async () => {
    const { K } = createPhone();
    const S = toBytes(statementFor());
    const request = await createKeyedJws('assay-request+jwt', K.publicJwk, S, phone.K.sign);
    const body = { ...(await requestBody()), request };
    assert.throws(() => verify(body), withCode('tokens.request_signature_invalid'));
  });

  it('refuses every changed byte of S', async () => {
    const body = await requestBody();
    const { bytes } = parseRequest(toBytes(body));
    const [header = '', , signature = ''] = body.request.split('.');
    for (let at = 0; at < bytes.length; at += 1) {
      const payload = toBase64url(Uint8Array.from(bytes, (octet, place) => (place === at ? octet ^ 1 : octet)));
      assert.throws(() => verify({ ...body, request: `${header}.${payload}.${signature}` }), AssayError);
    }
  });

  it('refuses evidence that was taken away, added or reordered', async () => {
    const body = await requestBody();
    const [first, second] = body.evidence;
    assert.ok(first !== undefined && second !== undefined);
    for (const evidence of [[first], [second], [], [second, first], [first, second, second]]) {
      assert.throws(
        () => verify({ ...body, evidence }),
        (error: AssayError) => error instanceof EvidenceError && error.code === 'tokens.evidence_undeclared',
      );
    }
  });

  it('refuses an encryption key off the curve, and K in its place', async () => {
    const off = toPoint(phone.E.publicJwk);
    off[64] = (off[64] ?? 0) ^ 1;
    await refuses({ change: { enc: toBase64url(off) } }, 'tokens.key_invalid');
    await refuses({ change: { enc: toBase64url(toPoint(phone.K.publicJwk)) } }, 'tokens.key_invalid');
  });

  it('refuses a public key off the curve', async () => {
    const jwk = { ...phone.K.publicJwk, y: toBase64url(random(32)) };
    const request = await createKeyedJws('assay-request+jwt', jwk, toBytes(statementFor()), phone.K.sign);
    assert.throws(() => verify({ request, evidence: [] }), withCode('tokens.key_invalid'));
  });

  it('refuses an old challenge before any key operation', async () => {
    const body = await requestBody({ at: NOW - 301_000 });
    const keys = { import: () => assert.fail('a key was imported') };
    assert.throws(() => verify(body, { ...contextFor(), keys }), withCode('tokens.challenge_expired'));
  });

  it('takes a malleated signature for the same statement: what is redeemed is the challenge', async () => {
    const body = await requestBody();
    const parsed = parseRequest(toBytes(body));
    const twin = { ...parsed, signature: malleate(parsed.signature) };
    assert.notDeepEqual(twin.signature, parsed.signature);
    assert.equal(verifyRequest(twin, contextFor()).statement.challenge, parsed.statement.challenge);
  });
});

/** (r, n - s), which verifies as well as (r, s). */
function malleate(signature: Uint8Array): Uint8Array {
  const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
  const other = Buffer.from((n - s).toString(16).padStart(64, '0'), 'hex');
  return Uint8Array.of(...signature.subarray(0, 32), ...other);
}

describe('rekey', () => {
  it('may come without consent for an assertion to prove it, and not without both', async () => {
    const change = { ev: ['apple-assert'], akid: toBase64url(random(32)) };
    const { cosign: _, ...asserted } = await requestBody({ purpose: 'rekey', change });
    assert.equal(verify(asserted, contextFor(['rekey'])).cosign, undefined);
    const { cosign: __, ...bare } = await requestBody({ purpose: 'rekey' });
    assert.throws(() => verify(bare, contextFor(['rekey'])), withCode('tokens.cosign_invalid'));
  });

  it('refuses consent of another key, to another request, or where none belongs', async () => {
    const context = contextFor(['rekey']);
    const body = await requestBody({ purpose: 'rekey' });
    const hash = sha256(body.request);
    const { E, K } = phone;
    const stranger = createPhone().K;
    const wrong = [
      await createCosign(hash, stranger.publicJwk, stranger.sign),
      await createCosign(hash, E.publicJwk, K.sign),
      await createCosign(sha256('other'), E.publicJwk, E.sign),
    ];
    for (const cosign of wrong)
      assert.throws(() => verify({ ...body, cosign }, context), withCode('tokens.cosign_invalid'));
    const enrol = { ...(await requestBody()), cosign: wrong[0] ?? '' };
    assert.throws(() => verify(enrol), withCode('tokens.request_malformed'));
  });

  it('refuses a signed message of another kind as consent', async () => {
    const hash = sha256('r');
    const cosign = await createKeyedJws('dpop+jwt', phone.E.publicJwk, hash, phone.E.sign);
    const run = () => verifyCosign(cosign, thumbprint(phone.E.publicJwk), hash);
    assert.throws(run, withCode('tokens.jws_malformed'));
  });
});
