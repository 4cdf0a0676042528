import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { parseBase64url, toBase64url, utf8 } from '@assay/formats';
import fc from 'fast-check';
import { compactVerify, EmbeddedJWK, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createNonces } from '../../src/dpop/nonces.ts';
import { createReplayMemory, type ReplayMemory } from '../../src/dpop/replay.ts';
import { type ProofRules, type ProvenRequest, verifyProof } from '../../src/dpop/verify.ts';
import { sha256, textHash, thumbprint } from '../../src/ec-keys.ts';
import { fault } from '../../src/fault.ts';
import { fromPoint } from '../../src/wire/jwk.ts';
import { createKeyedJws, joinJws, splitJws } from '../../src/wire/jws.ts';
import { createProof, PROOF_LIMITS, type ProofInput } from '../../src/wire/proof.ts';
import { API, challengeKeys, createPhone, ISS, keys, NOW, phone, random, withCode } from '../kit.ts';

const { K } = phone;
const TOKEN = 'access.token.text';
const ATTESTATION = 'attestation.token.text';
const request: ProvenRequest = {
  method: 'POST',
  url: `${API}/pay?id=1`,
  query: 'id=1',
  iss: ISS,
  jkt: thumbprint(K.publicJwk),
  accessToken: TOKEN,
  at: NOW,
};

function rules(change: Partial<ProofRules> = {}): ProofRules {
  const nonces = createNonces({ audience: API, keys: challengeKeys, clock: () => NOW, random });
  return { nonce: 'offered', nonces, replay: createReplayMemory({ clock: () => NOW }), keys, ...change };
}

const create = (change: Partial<ProofInput> = {}, by = K) =>
  createProof(
    { method: 'POST', url: `${API}/pay`, jti: random(16), iat: NOW / 1000, accessTokenHash: sha256(TOKEN), ...change },
    by.publicJwk,
    by.sign,
  );

const refuses = async (
  proof: Promise<string> | string,
  code: string,
  change: Partial<ProvenRequest> = {},
  by = rules(),
) => assert.rejects(verifyProof(await proof, { ...request, ...change }, by), withCode(code));

describe('verifyProof', () => {
  it('proves key, request, time and token', async () => {
    const { claims, isFreshByNonce } = await verifyProof(await create(), request, rules());
    assert.equal(claims.ath, textHash(TOKEN));
    assert.equal(isFreshByNonce, false);
  });

  it('refuses another method, target, token or key', async () => {
    await refuses(create({ method: 'GET' }), 'tokens.proof_method_mismatch');
    await refuses(create({ url: `${API}/pay/` }), 'tokens.proof_target_mismatch');
    await refuses(create({ url: 'https://evil.example/pay' }), 'tokens.proof_target_mismatch');
    await refuses(create({ url: `${API}:8443/pay` }), 'tokens.proof_target_mismatch');
    await refuses(create({ accessTokenHash: sha256('older.token') }), 'tokens.proof_token_mismatch');
    await refuses(create({ accessTokenHash: undefined }), 'tokens.proof_token_mismatch');
    await refuses(create(), 'tokens.proof_token_mismatch', { accessToken: undefined });
    await refuses(create({}, createPhone().K), 'tokens.proof_key_mismatch');
  });

  it('refuses another query where the proof names one, and takes proofs that name none', async () => {
    const named = (query: string) => create({ queryHash: sha256(query) });
    assert.equal((await verifyProof(await named('id=1'), request, rules())).claims.qry_h, textHash('id=1'));
    await refuses(named('id=1'), 'tokens.proof_query_mismatch', { query: 'id=2' });
    await refuses(named('id=1'), 'tokens.proof_query_mismatch', { query: '' });
    await refuses(named(''), 'tokens.proof_query_mismatch', { query: 'admin=1' });
    await verifyProof(await create(), { ...request, query: 'id=2' }, rules());
  });

  it('has room for everything that a client names, up to the longest target', async () => {
    const url = `${API}/`.padEnd(PROOF_LIMITS.target, 'a');
    const hash = sha256('');
    const nonce = rules().nonces.issue();
    const all = { url, nonce, queryHash: hash, bodyHash: hash, attestationHash: sha256(ATTESTATION) };
    const proof = await create({ ...all, method: 'OPTIONS', jti: random(48) });
    await verifyProof(proof, { ...request, url, query: '', method: 'OPTIONS', attestation: ATTESTATION }, rules());
  });

  it('refuses an ambiguous target on either side', async () => {
    const claims = { jti: 'j', htm: 'POST', htu: `${API}/a/%2e%2e/pay`, iat: NOW / 1000, ath: textHash(TOKEN) };
    const proof = createKeyedJws('dpop+jwt', K.publicJwk, utf8(JSON.stringify(claims)), K.sign);
    await refuses(proof, 'tokens.target_ambiguous');
    await refuses(create(), 'tokens.target_ambiguous', { url: `${API}/x%2fpay` });
  });

  it('refuses somebody else’s key in the header', async () => {
    const stolen = createProof(
      { method: 'POST', url: request.url, jti: random(16), iat: NOW / 1000 },
      K.publicJwk,
      createPhone().K.sign,
    );
    await refuses(stolen, 'tokens.proof_signature_invalid');
  });

  it('takes the device’s clock within a window only, without a nonce', async () => {
    for (const seconds of [-60, 0, 5]) await verifyProof(await create({ iat: NOW / 1000 + seconds }), request, rules());
    await refuses(create({ iat: NOW / 1000 - 61 }), 'tokens.proof_expired');
    await refuses(create({ iat: NOW / 1000 + 6 }), 'tokens.proof_expired');
  });

  it('does not look at the device’s clock where a nonce tells the time', async () => {
    const by = rules({ nonce: 'required' });
    const proof = await create({ iat: 0, nonce: by.nonces.issue() });
    assert.equal((await verifyProof(proof, request, by)).isFreshByNonce, true);
  });

  it('asks for a nonce where one is required, and wherever one was given', async () => {
    await refuses(create(), 'tokens.proof_nonce_required', {}, rules({ nonce: 'required' }));
    const by = rules();
    await verifyProof(await create(), request, by);
    by.nonces.issue(request.jkt);
    await refuses(create(), 'tokens.proof_nonce_required', {}, by);
    await verifyProof(await create({ nonce: by.nonces.issue() }), request, by);
  });

  it('refuses a nonce that is old or foreign', async () => {
    const other = createNonces({ audience: 'https://other.example', keys: challengeKeys, clock: () => NOW, random });
    const old = createNonces({ audience: API, keys: challengeKeys, clock: () => NOW - 301_000, random });
    for (const nonce of [other.issue(), old.issue(), 'x'])
      await refuses(create({ nonce }), 'tokens.proof_nonce_invalid');
  });

  it('covers the attestation token, so that an older and better one of the same key cannot be swapped in', async () => {
    const change = { attestation: ATTESTATION };
    await verifyProof(await create({ attestationHash: sha256(ATTESTATION) }), { ...request, ...change }, rules());
    await refuses(
      create({ attestationHash: sha256('older.attestation') }),
      'tokens.proof_attestation_mismatch',
      change,
    );
    await refuses(create(), 'tokens.proof_attestation_mismatch', change);
    await refuses(create({ attestationHash: sha256(ATTESTATION) }), 'tokens.proof_attestation_mismatch');
  });

  it('admits an uncovered attestation by name only, and never a wrong cover', async () => {
    const change = { attestation: ATTESTATION, dangerouslyAcceptUncoveredAttestation: true };
    await verifyProof(await create(), { ...request, ...change }, rules());
    await refuses(create({ attestationHash: sha256('other') }), 'tokens.proof_attestation_mismatch', change);
  });
});

describe('a used proof', () => {
  it('is refused by the same memory, also with a malleated signature', async () => {
    const by = rules();
    const proof = await create();
    await verifyProof(proof, request, by);
    await refuses(proof, 'tokens.proof_replayed', {}, by);
    await refuses(malleate(proof), 'tokens.proof_replayed', {}, by);
  });

  it('is refused by another gateway that shares the memory', async () => {
    const replay = createReplayMemory({ clock: () => NOW });
    const shared: ReplayMemory = { remember: async (...args) => replay.remember(...args) };
    const proof = await create();
    await verifyProof(proof, request, rules({ replay: shared }));
    await refuses(proof, 'tokens.proof_replayed', {}, rules({ replay: shared }));
  });

  it('is told apart by issuer and key, not by jti alone', async () => {
    const by = rules();
    const jti = random(16);
    const other = createPhone().K;
    await verifyProof(await create({ jti }), request, by);
    await verifyProof(await create({ jti }, other), { ...request, jkt: thumbprint(other.publicJwk) }, by);
    await verifyProof(await create({ jti }), { ...request, iss: `${ISS}2` }, by);
  });

  it('counts towards the share of its key', async () => {
    const by = rules({ replay: createReplayMemory({ clock: () => NOW, share: 1 }) });
    const other = createPhone().K;
    await verifyProof(await create(), request, by);
    await refuses(create(), 'tokens.replay_memory_full', {}, by);
    await verifyProof(await create({}, other), { ...request, jkt: thumbprint(other.publicJwk) }, by);
  });

  it('is not taken for unused when the memory cannot tell', async () => {
    const replay: ReplayMemory = { remember: () => Promise.reject(fault('tokens.replay_memory_full')) };
    await refuses(create(), 'tokens.replay_memory_full', {}, rules({ replay }));
  });

  it('is not remembered when something else was wrong with it', async () => {
    const replay: ReplayMemory = { remember: () => assert.fail('remembered') };
    await refuses(create({ method: 'GET' }), 'tokens.proof_method_mismatch', {}, rules({ replay }));
    await refuses(create({ iat: 0 }), 'tokens.proof_expired', {}, rules({ replay }));
  });
});

/** (r, n - s), which verifies as well as (r, s). */
function malleate(proof: string): string {
  const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const { signingInput, signature } = splitJws(proof, 4096);
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
  const other = Buffer.from((n - s).toString(16).padStart(64, '0'), 'hex');
  return joinJws(signingInput, Uint8Array.of(...signature.subarray(0, 32), ...other));
}

describe('forms of proofs', () => {
  const sign = (typ: string, claims: object) => createKeyedJws(typ, K.publicJwk, utf8(JSON.stringify(claims)), K.sign);
  const usual = { jti: 'j', htm: 'POST', htu: `${API}/pay`, iat: NOW / 1000, ath: textHash(TOKEN) };

  it('may hold claims of foreign clients', async () => {
    await verifyProof(await sign('dpop+jwt', { ...usual, exp: 1 }), request, rules());
  });

  it('are refused otherwise', async () => {
    await refuses(sign('assay-request+jwt', usual), 'tokens.proof_malformed');
    await refuses(sign('dpop+jwt', { ...usual, jti: 'j'.repeat(65) }), 'tokens.proof_malformed');
    await refuses(sign('dpop+jwt', { ...usual, jti: '' }), 'tokens.proof_malformed');
    await refuses(sign('dpop+jwt', { ...usual, iat: 'now' }), 'tokens.proof_malformed');
    await refuses(sign('dpop+jwt', { ...usual, htm: 'post' }), 'tokens.proof_malformed');
    await refuses('x'.repeat(2049), 'tokens.proof_malformed');
    await refuses('', 'tokens.proof_malformed');
    const [header, , signature] = (await create()).split('.');
    const twice = toBase64url(utf8(JSON.stringify(usual).replace('{', '{"htm":"GET",')));
    await refuses(`${header}.${twice}.${signature}`, 'tokens.proof_malformed');
  });

  it('answer any text with a coded error', async () => {
    const proof = await create();
    const broken = fc
      .tuple(fc.nat(proof.length), fc.nat(4), fc.string({ maxLength: 4 }))
      .map(([at, cut, put]) => proof.slice(0, at) + put + proof.slice(at + cut))
      .filter((text) => text !== proof);
    const property = fc.asyncProperty(broken, (text) =>
      assert.rejects(verifyProof(text, request, rules()), AssayError),
    );
    await fc.assert(property, { seed: 16, numRuns: 500 });
  });
});

describe('jose', () => {
  it('verifies our proofs by the key inside', async () => {
    const { payload } = await compactVerify(await create(), EmbeddedJWK);
    assert.equal(JSON.parse(new TextDecoder().decode(payload)).htu, `${API}/pay`);
  });

  it('makes proofs that verify here', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const { x = '', y = '' } = await exportJWK(publicKey);
    const jwk = fromPoint(Uint8Array.of(4, ...parseBase64url(x), ...parseBase64url(y)));
    const proof = await new SignJWT({ jti: 'j', htm: 'POST', htu: `${API}/pay`, iat: NOW / 1000, ath: textHash(TOKEN) })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: { ...jwk } })
      .sign(privateKey);
    await verifyProof(proof, { ...request, jkt: thumbprint(jwk) }, rules());
  });
});
