import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BASE, createHttpWorld, JSON_TYPE, registerApp } from '../support/world.ts';

const world = await createHttpWorld();
await registerApp(world);
const { publicApp, service } = world;
const ask = (payload: string) =>
  publicApp.inject({ method: 'POST', url: `${BASE}/v1/challenge`, headers: JSON_TYPE, payload });

describe('challenge', () => {
  it('is given for a registered app, and never cached', async () => {
    const response = await ask('{"app":"com.example.bank"}');
    assert.deepEqual(Object.keys(response.json()), ['attestation_challenge', 'expires_in']);
    assert.equal(response.headers['cache-control'], 'no-store');
  });

  for (const payload of [
    '',
    '{}',
    '{"app":""}',
    '{"app":1}',
    '{"app":"none"}',
    '{"app":"com.example.bank","x":1}',
    'x',
    `{"app":"${'a'.repeat(2_000)}"}`,
  ]) {
    it(`is refused, with a support code, for ${payload.slice(0, 40) || 'nothing'}`, async () => {
      const response = await ask(payload);
      assert.ok([400, 413].includes(response.statusCode));
      assert.ok(response.json().support);
      assert.equal(response.headers['cache-control'], undefined);
    });
  }

  it('is refused for a thumbprint that is none', async () => {
    for (const jkt of ['x', 'A'.repeat(44), `${'A'.repeat(42)}B`, `${'A'.repeat(42)}=`]) {
      assert.equal((await ask(JSON.stringify({ app: 'com.example.bank', jkt }))).statusCode, 400);
    }
  });
});

describe('key set', () => {
  it('is cacheable, and unchanged for whoever has it', async () => {
    const first = await publicApp.inject(`${BASE}/v1/jwks`);
    const { etag } = first.headers;
    assert.ok(typeof etag === 'string' && first.json().keys.length > 0);
    assert.ok(!first.body.includes('"d"'));
    const again = await publicApp.inject({ url: `${BASE}/v1/jwks`, headers: { 'if-none-match': etag } });
    assert.deepEqual([again.statusCode, again.body], [304, '']);
  });
});

describe('metadata', () => {
  it('stands where RFC 8414 looks for it, and names this issuer', async () => {
    const [iss] = [...service.issuers.keys()];
    const response = await publicApp.inject(`/.well-known/oauth-authorization-server${BASE}`);
    assert.equal(response.json().issuer, iss);
  });
});

describe('pins', () => {
  it('are empty for an app that has none', async () => {
    assert.deepEqual((await publicApp.inject(`${BASE}/v1/pins/com.example.bank`)).json(), { roots: [], set: null });
    assert.equal((await publicApp.inject(`${BASE}/v1/pins/${'a'.repeat(200)}`)).statusCode, 400);
  });
});
