import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  createChallengeKeys,
  createEcKeys,
  createNonces,
  createReplayMemory,
  createTokenOpener,
  isSealed,
  type ReplyToken,
  sealToken,
  verifyProof,
} from '@assay/tokens';
import { createApp } from './support/app.ts';
import { API, ISS, okReply, random, START, signed } from './support/server.ts';

const nonces = createNonces({
  audience: API,
  keys: createChallengeKeys(1, [{ kid: 1, secret: random(32) }]),
  clock: () => START,
  random,
});
const rules = { nonces, replay: createReplayMemory({ clock: () => START }), keys: createEcKeys() };

const challenge = (text: string, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 401, headers: { 'www-authenticate': text, ...headers } });

interface Options {
  readonly type?: ReplyToken['type'];
  readonly api?: (request: Request, call: number) => Response | Promise<Response>;
}

function createCall({ type = 'DPoP', api = () => Response.json({}) }: Options = {}) {
  const calls: Request[] = [];
  const app = createApp('android');
  app.server.answer = (request) => {
    const good = okReply(request, app.server.clock());
    const value = good.tokens[API]?.value ?? '';
    return signed({ ...good, tokens: { [API]: { value, type, expires_in: 300 } } });
  };
  const client = app.restart({
    fetch: async (request) => {
      if (request.url.startsWith(ISS)) return app.server.fetch(request);
      calls.push(request);
      return api(request, calls.length);
    },
  });
  return { app, client, calls };
}

const proofOf = (request: Request | undefined): string => request?.headers.get('dpop') ?? '';
const claimsOf = (request: Request | undefined) =>
  JSON.parse(Buffer.from(proofOf(request).split('.')[1] ?? '', 'base64url').toString());

describe('fetch', () => {
  it('adds token and proof, which an API verifies', async () => {
    const { app, client, calls } = createCall();
    const outcome = await client.fetch(new Request(`${API}/accounts?page=2`, { method: 'POST', body: '{}' }));
    assert.equal(outcome.kind, 'ok');
    const [scheme, accessToken = ''] = calls[0]?.headers.get('authorization')?.split(' ') ?? [];
    assert.equal(scheme, 'DPoP');
    const jkt = app.server.requests[0]?.jkt ?? '';
    const request = { method: 'POST', url: `${API}/accounts`, query: 'page=2', iss: ISS, jkt, accessToken, at: START };
    await verifyProof(proofOf(calls[0]), request, { nonce: 'offered', ...rules });
    assert.equal(await calls[0]?.text(), '{}');
  });

  it('names query and body in the proof, empty ones too', async () => {
    const { client, calls } = createCall();
    const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');
    const bytes = Uint8Array.of(0xff, 0x00, 0x80);
    await client.fetch(new Request(`${API}/accounts?page=2&q=%20`, { method: 'POST', body: bytes }));
    await client.fetch(new Request(`${API}/accounts`));
    const { qry_h, bod_h } = claimsOf(calls[0]);
    assert.deepEqual([qry_h, bod_h], [hashOf('page=2&q=%20'), createHash('sha256').update(bytes).digest('base64url')]);
    const empty = claimsOf(calls[1]);
    assert.deepEqual([empty.qry_h, empty.bod_h], [hashOf(''), hashOf('')]);
  });

  it('takes the text of a body where the platform gives no octets, as React Native does', async () => {
    const { client, calls } = createCall();
    const request = new Request(`${API}/accounts`, { method: 'POST', body: '{"sum":"5 €"}' });
    const arrayBuffer = () => Promise.reject(new Error('not implemented'));
    const clone = () => Object.assign(Request.prototype.clone.call(request), { arrayBuffer });
    await client.fetch(Object.assign(request, { clone }));
    assert.equal(claimsOf(calls[0]).bod_h, createHash('sha256').update('{"sum":"5 €"}').digest('base64url'));
  });

  it('names no body where the text that the platform gives is not what is sent', async () => {
    const { client, calls } = createCall();
    const request = new Request(`${API}/accounts`, { method: 'POST', body: Uint8Array.of(0xff, 0x00, 0x80) });
    const arrayBuffer = () => Promise.reject(new Error('not implemented'));
    const clone = () => Object.assign(Request.prototype.clone.call(request), { arrayBuffer });
    await client.fetch(Object.assign(request, { clone }));
    assert.equal(claimsOf(calls[0]).bod_h, undefined);
  });

  it("covers the user's token and the attestation token in one proof", async () => {
    const { app, client, calls } = createCall({ type: 'attestation' });
    await client.fetch(new Request(`${API}/accounts`, { headers: { authorization: 'Bearer user-token' } }));
    const attestation = calls[0]?.headers.get('oauth-client-attestation') ?? '';
    const jkt = app.server.requests[0]?.jkt ?? '';
    const sent = { method: 'GET', url: `${API}/accounts`, query: '', iss: ISS, jkt };
    const request = { ...sent, accessToken: 'user-token', attestation };
    await verifyProof(proofOf(calls[0]), { ...request, at: START }, { nonce: 'offered', ...rules });
  });

  it('carries a sealed token as it is, and covers it by its proof', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const { app, client, calls } = createCall();
    app.server.answer = (request) => {
      const good = okReply(request, app.server.clock());
      const value = sealToken(good.tokens[API]?.value ?? '', { kty: 'EC', crv: 'P-256', x, y }, random);
      return signed({ ...good, tokens: { [API]: { value, type: 'attestation', expires_in: 300 } } });
    };
    await client.fetch(new Request(`${API}/accounts`));
    const attestation = calls[0]?.headers.get('oauth-client-attestation') ?? '';
    assert.ok(isSealed(attestation));
    assert.equal(createTokenOpener([privateKey])(attestation).split('.').length, 3);
    const jkt = app.server.requests[0]?.jkt ?? '';
    const request = { method: 'GET', url: `${API}/accounts`, query: '', iss: ISS, jkt, attestation, at: START };
    await verifyProof(proofOf(calls[0]), request, { nonce: 'offered', ...rules });
  });

  it('uses a nonce at once when asked to, remembers it, and asks for no more than that', async () => {
    const nonce = nonces.issue();
    const api = (request: Request): Response =>
      claimsOf(request).nonce === nonce
        ? Response.json({})
        : challenge('DPoP error="use_dpop_nonce"', { 'dpop-nonce': nonce });
    const { client, calls } = createCall({ api });
    const outcome = await client.fetch(new Request(`${API}/a`, { method: 'PUT', body: 'body' }));
    assert.ok(outcome.kind === 'ok' && outcome.response.status === 200);
    assert.equal(await calls[1]?.text(), 'body');
    await client.fetch(new Request(`${API}/b`));
    assert.equal(calls.length, 3);
    assert.notEqual(claimsOf(calls[0]).jti, claimsOf(calls[1]).jti);
  });

  it('gives up on an API that never takes its own nonce', async () => {
    const api = (): Response => challenge('DPoP error="use_dpop_nonce"', { 'dpop-nonce': 'n' });
    const { client, calls } = createCall({ api });
    const outcome = await client.fetch(new Request(`${API}/a`));
    assert.ok(outcome.kind === 'ok' && outcome.response.status === 401);
    assert.equal(calls.length, 2);
  });

  for (const text of ['DPoP', 'DPoP error="invalid_token"', 'DPoP error="use_fresh_attestation"']) {
    it(`refreshes once for ${text}, and not again within the floor`, async () => {
      const { app, client, calls } = createCall({ api: () => challenge(text) });
      await client.token(API);
      app.pass(31);
      const outcome = await client.fetch(new Request(`${API}/a`));
      assert.ok(outcome.kind === 'ok' && outcome.response.status === 401);
      assert.deepEqual([calls.length, app.server.requests.length], [2, 2]);
      await client.fetch(new Request(`${API}/a`));
      assert.equal(app.server.requests.length, 2);
    });
  }

  it('leaves other refusals to the caller', async () => {
    const { client, calls } = createCall({ api: () => challenge('Bearer realm="users"') });
    await client.fetch(new Request(`${API}/a`));
    assert.equal(calls.length, 1);
  });

  it('sends a token nowhere else', async () => {
    const { client, calls } = createCall();
    for (const url of ['https://api.example.com.evil.example/a', 'https://evil.example/', 'http://api.example.com/a']) {
      await assert.rejects(client.fetch(new Request(url)), { code: 'client.audience_unknown' });
    }
    assert.equal(calls.length, 0);
  });

  it("never takes the place of the user's token, and follows no redirect", async () => {
    const { client, calls } = createCall();
    const request = new Request(`${API}/a`, { headers: { authorization: 'Bearer user-token' } });
    await assert.rejects(client.fetch(request), { code: 'client.authorization_taken' });
    await client.fetch(new Request(`${API}/a`));
    assert.equal(calls[0]?.redirect, 'manual');
  });

  it('says why when there is no token', async () => {
    const { app, client, calls } = createCall();
    app.server.answer = () => new Response(null, { status: 502 });
    const outcome = await client.fetch(new Request(`${API}/a`));
    assert.equal(outcome.kind === 'wait' && outcome.code, 'client.unsigned_answer');
    assert.equal(calls.length, 0);
  });
});
