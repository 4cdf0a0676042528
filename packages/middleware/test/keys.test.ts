import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeySource } from '../src/keys.ts';
import { ISSUER, issuerKey, jwks, NOW } from './kit.ts';

const clock = (): number => NOW;

async function addressesAsked(option?: string | URL): Promise<readonly string[]> {
  const asked: string[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    asked.push(request.url);
    return Response.json(jwks);
  };
  assert.ok(await createKeySource(ISSUER, option, { fetch, clock }).find(issuerKey.kid));
  return asked;
}

test('keys come from below the issuer, unless an address is named', async () => {
  assert.deepEqual(await addressesAsked(), [`${ISSUER}/v1/jwks`]);
  const url = 'https://cdn.example.com/jwks.json';
  assert.deepEqual(await addressesAsked(url), [url]);
  assert.deepEqual(await addressesAsked(new URL(url)), [url]);
});

test('a function is asked for the issuer, once for many names', async () => {
  const asked: string[] = [];
  const get = async (issuer: string): Promise<typeof jwks> => {
    asked.push(issuer);
    return jwks;
  };
  const source = createKeySource(ISSUER, get, { fetch: () => Promise.reject(new Error('unused')), clock });
  assert.ok(await source.find(issuerKey.kid));
  assert.equal(await source.find('unknown'), undefined);
  assert.deepEqual(asked, [ISSUER]);
});

test('keys of a JWKS object keep the members that make a key', async () => {
  const source = createKeySource(ISSUER, { keys: [{ ...jwks.keys[0] }] }, { fetch: fetch, clock });
  assert.ok(source.current(issuerKey.kid));
});
