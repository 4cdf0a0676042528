import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { ADMIN, APP, createHttpWorld, registerApp } from '../support/world.ts';

const world = await createHttpWorld();
await registerApp(world);
const { operate, service, iss } = world;

const newJwk = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const grant = (wish: object = {}) =>
  operate('POST', `${ADMIN}/grants`, {
    app: APP.package,
    label: 'CI',
    uses: 100,
    seconds: 86_400,
    jwk: newJwk(),
    ...wish,
  });

async function allowDev() {
  const [{ document, version }] = (await operate('GET', `${ADMIN}/apps`)).json();
  await operate('PUT', `${ADMIN}/apps/${APP.package}?version=${version}`, { ...document, dev: true });
}

describe('a grant', () => {
  it('is for apps alone that take evidence of simulators', async () => {
    assert.match((await grant()).json().detail, /^service\.grant_refused/);
    await allowDev();
    assert.equal((await grant()).statusCode, 200);
  });

  it('is listed with what is left of it and without its key, and ends when it is revoked', async () => {
    const { id } = (await grant()).json();
    const listed = (await operate('GET', `${ADMIN}/grants`)).json().find((each: { id: string }) => each.id === id);
    assert.deepEqual([listed.uses, listed.maxUses, listed.revokedAt, 'publicJwk' in listed], [0, 100, null, false]);
    assert.equal((await operate('DELETE', `${ADMIN}/grants/${id}`)).statusCode, 200);
    assert.match((await operate('DELETE', `${ADMIN}/grants/${id}`)).json().detail, /^service\.grant_unknown/);
    const acts = (await service.store.audit(iss, 0, 500)).filter(({ subject }) => subject === id).map(({ act }) => act);
    assert.deepEqual(acts, ['grant.give', 'grant.revoke']);
  });

  it('is never given in production', async () => {
    const issuers = new Map(
      [...service.issuers].map(([key, issuer]) => [key, { ...issuer, kind: 'production' as const }]),
    );
    const { giveGrant } = await import('@assay/service');
    const [issuer] = [...issuers.values()];
    assert.ok(issuer !== undefined);
    const jwk = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } as const;
    const wish = { app: APP.package, label: 'CI', uses: 1, seconds: 60, jwk };
    await assert.rejects(giveGrant(service, 'ann', issuer, wish), { code: 'service.grant_refused' });
  });

  const point = 'A'.repeat(43);
  const refused: readonly (readonly [string, object, RegExp])[] = [
    ['an unknown app', { app: 'nobody' }, /app_unknown/],
    ['a private key', { jwk: { ...newJwk(), d: point } }, /jwk/],
    ['a point off the curve', { jwk: { kty: 'EC', crv: 'P-256', x: point, y: point } }, /tokens\.key_invalid/],
    ['another curve', { jwk: { ...newJwk(), crv: 'P-384' } }, /crv/],
    ['uses without end', { uses: 1e9 }, /uses/],
    ['no use', { uses: 0 }, /uses/],
    ['a year', { seconds: 365 * 86_400 }, /seconds/],
    ['a label with control characters', { label: 'CI\u0007' }, /label/],
  ];
  for (const [name, wish, detail] of refused) {
    it(`is not given for ${name}`, async () => {
      await allowDev();
      const response = await grant(wish);
      assert.equal(response.statusCode, 400, response.body);
      assert.match(response.json().detail, detail);
    });
  }
});
