import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { before, describe, it } from 'node:test';
import { giveGrant, giveOrder, revokeInstance } from '@assay/service';
import { createFixedKeys, createTokenVerifier, sha256, thumbprint, type VerifiedToken } from '@assay/tokens';
import { createVirtualAppAttest, type VirtualAppAttest, type VirtualAppAttestOptions } from '@assay/virtual-devices';
import {
  ADMIN,
  API,
  APP,
  BASE,
  createHttpWorld,
  ISSUER,
  random,
  registerApp,
  roots,
  UNLIMITED,
} from '../support/world.ts';
import { type Answered, createWireClient, hash, type WireClient } from './client.ts';

// Google's App Check client on the wire, over a real socket.

const FACADE = { project: 'acme', audience: API };
const ACTOR = 'test';
/** Level of the log, as pino numbers it. */
const WARNING = 40;
const world = await createHttpWorld({ budgets: UNLIMITED });
const { service, hands, iss, publicApp } = world;
let origin = '';

async function register(change: object = {}): Promise<void> {
  const { statusCode, body } = await world.operate('PUT', `${ADMIN}/apps/${APP.package}`, {
    ...{ id: APP.package, label: 'Bank', audiences: [API], apple: { appIds: [APP.appleId] }, appCheckFacade: FACADE },
    ...change,
  });
  assert.equal(statusCode, 200, body);
}

before(async () => {
  await registerApp(world);
  await register();
  await publicApp.listen({ port: 0, host: '127.0.0.1' });
  origin = `http://127.0.0.1:${(publicApp.server.address() as AddressInfo).port}`; // a TCP server that listens
});

interface Phone extends WireClient {
  readonly appAttest: VirtualAppAttest;
  readonly keyId: string;
}

function createPhone(
  differs: VirtualAppAttestOptions['differs'] = {},
  path = `projects/acme/apps/${APP.package}`,
): Phone {
  const appAttest = createVirtualAppAttest({ roots, app: APP, random, clock: () => hands.now, differs });
  const client = createWireClient(`${origin}${BASE}/v1/${path}`, appAttest);
  return { ...client, appAttest, keyId: appAttest.generateKey() };
}

const statusOf = ({ status, body }: Answered) => [status, body.code];

async function verified(token: string): Promise<VerifiedToken> {
  const { published } = await service.keys.of(iss);
  const issuers = [{ iss, keys: createFixedKeys(published) }];
  return createTokenVerifier({ issuers, audience: API, apps: [APP.package], clock: () => hands.now }).verify(
    token,
    'bearer',
  );
}

async function appraisals() {
  return service.store.appraisals(iss, { limit: 100 });
}

const rejections: string[] = [];
service.events.subscribe((event) => {
  if (event.type === 'rejection') rejections.push(event.rejection.code);
});
const lastRejection = () => rejections.at(-1);

describe('the first handshake', () => {
  it('gives a bearer token of low assurance, and an artifact of 33 bytes that is nothing but a handle', async () => {
    const phone = createPhone();
    const { status, body, headers } = await phone.attest(phone.keyId);
    assert.equal(status, 200);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.deepEqual(Object.keys(body).toSorted(), ['appCheckToken', 'artifact']);
    assert.equal(body.appCheckToken.ttl, '300s');
    const { claims, jkt } = await verified(body.appCheckToken.token);
    assert.equal(jkt, undefined);
    assert.deepEqual(
      [claims.acr, claims.amr, claims.att.kp, claims.att.plt],
      ['urn:assay:app:low', [], 'software', 'ios'],
    );
    assert.equal(claims.cnf, undefined);
    const artifact = Buffer.from(body.artifact, 'base64');
    assert.deepEqual([artifact.length, artifact[0]], [33, 1]);
    const instance = await service.store.instance(iss, artifact.subarray(1).toString('base64url'));
    assert.equal(instance?.attestedKey, Buffer.from(phone.keyId, 'base64').toString('base64url'));
    const [appraisal] = await appraisals();
    assert.deepEqual(
      [appraisal?.purpose, appraisal?.jkt, appraisal?.format],
      ['enrol', instance?.jkt, 'apple-app-attest'],
    );
  });

  it('asks for challenges of 39 bytes without a body, and redeems each once', async () => {
    const phone = createPhone();
    const challenge = await phone.challenge();
    assert.equal(challenge.length, 39);
    const attestation = phone.appAttest.attestKey(phone.keyId, hash(challenge));
    const body = {
      key_id: phone.keyId,
      attestation_statement: Buffer.from(attestation).toString('base64'),
      challenge: Buffer.from(challenge).toString('base64'),
    };
    assert.equal((await phone.post('exchangeAppAttestAttestation', body)).status, 200);
    const count = (await appraisals()).length;
    for (let round = 0; round < 5; round += 1) {
      assert.deepEqual(statusOf(await phone.post('exchangeAppAttestAttestation', body)), [409, 'challenge_used']);
    }
    assert.equal((await appraisals()).length, count);
  });

  it('gives a challenge whatever type an empty body is said to have: a 400 would cost a day', async () => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
      const { statusCode } = await publicApp.inject({
        ...{ method: 'POST', url: `${BASE}/v1/projects/acme/apps/${APP.package}:generateAppAttestChallenge` },
        headers: { 'content-type': type },
      });
      assert.equal(statusCode, 200, type);
    }
  });

  it('takes one key as one install when its client asks twice at once', async () => {
    const phone = createPhone();
    const both = await Promise.all([phone.attest(phone.keyId), phone.attest(phone.keyId)]);
    assert.deepEqual(
      both.map(({ status, body }) => [status, body.code]),
      [
        [200, undefined],
        [200, undefined],
      ],
    );
    assert.equal(both[0]?.body.artifact, both[1]?.body.artifact);
  });

  it('is won by one of many copies that come at once', async () => {
    const phone = createPhone();
    const challenge = await phone.challenge();
    const attestation = phone.appAttest.attestKey(phone.keyId, hash(challenge));
    const body = {
      key_id: phone.keyId,
      attestation_statement: Buffer.from(attestation).toString('base64'),
      challenge: Buffer.from(challenge).toString('base64'),
    };
    const all = await Promise.all(Array.from({ length: 12 }, () => phone.post('exchangeAppAttestAttestation', body)));
    assert.equal(all.filter(({ status }) => status === 200).length, 1);
    assert.ok(
      all.every(({ status }) => status === 200 || status === 409),
      all.map(({ status }) => status).join(),
    );
  });

  it('is taken again for a key whose first answer was lost', async () => {
    const phone = createPhone();
    const first = await phone.attest(phone.keyId);
    await phone.assert(phone.keyId, first.body.artifact);
    const again = await phone.attest(phone.keyId);
    assert.equal(again.status, 200);
    assert.equal(again.body.artifact, first.body.artifact);
    const jkt = Buffer.from(again.body.artifact, 'base64').subarray(1).toString('base64url');
    assert.equal((await service.store.instance(iss, jkt))?.counter, 1, 'the counter stays where it was');
  });

  it('ignores members that a later release of the client may send', async () => {
    const phone = createPhone();
    assert.equal((await phone.attest(phone.keyId, { later: { deep: true } })).status, 200);
  });

  it('gives a shorter token for one call', async () => {
    await world.operate('PUT', `${ADMIN}/apis/${encodeURIComponent(API)}`, {
      audience: API,
      label: 'API',
      lifetime: 3600,
    });
    service.registry.forget();
    const phone = createPhone();
    assert.equal((await phone.attest(phone.keyId)).body.appCheckToken.ttl, '3600s');
    const again = await phone.attest(phone.keyId, { limited_use: true });
    assert.equal(again.body.appCheckToken.ttl, '300s');
    const { claims } = await verified(again.body.appCheckToken.token);
    assert.equal(claims.exp - claims.iat, 300);
  });
});

describe('an attestation that does not hold', () => {
  const rows: readonly (readonly [string, VirtualAppAttestOptions['differs'], string])[] = [
    ['of another app', { appId: 'TEST000000.com.example.copy' }, 'apple.app_id_mismatch'],
    ['under a look-alike root', { authorities: 'lookalike' }, 'x509.signature_invalid'],
  ];
  for (const [name, differs, code] of rows) {
    it(`is refused for good: ${name}`, async () => {
      const phone = createPhone(differs);
      assert.deepEqual(statusOf(await phone.attest(phone.keyId)), [403, 'refused']);
      assert.equal(lastRejection(), code);
    });
  }

  it('is refused for good: for another challenge, of another key, or no attestation at all', async () => {
    const phone = createPhone();
    const other = phone.appAttest.attestKey(phone.keyId, hash(Buffer.alloc(39)));
    const foreign = await phone.attest(phone.keyId, { attestation_statement: Buffer.from(other).toString('base64') });
    assert.deepEqual(statusOf(foreign), [403, 'refused']);
    assert.equal(lastRejection(), 'apple.nonce_mismatch');
    const key = await phone.attest(phone.keyId, { key_id: Buffer.alloc(32, 7).toString('base64') });
    assert.deepEqual(statusOf(key), [403, 'refused']);
    const garbage = await phone.attest(phone.keyId, { attestation_statement: 'AAAA' });
    assert.deepEqual(statusOf(garbage), [403, 'refused']);
  });
});

describe('the refresh by an assertion', () => {
  it('gives a token as often as the key signs, each time with a challenge of its own', async () => {
    const phone = createPhone();
    const { artifact } = (await phone.attest(phone.keyId)).body;
    for (let round = 1; round <= 3; round += 1) {
      hands.now += 60_000;
      const { status, body } = await phone.assert(phone.keyId, artifact);
      assert.equal(status, 200);
      assert.deepEqual(Object.keys(body).toSorted(), ['token', 'ttl']);
      const { claims } = await verified(body.token);
      assert.equal(claims.att.fat, Math.floor(hands.now / 1000));
    }
    assert.equal((await appraisals())[0]?.purpose, 'refresh');
  });

  it('attack 51: a replayed assertion, an old counter, and the artifact of another key are refused', async () => {
    const [one, two] = [createPhone(), createPhone()];
    const artifactOne = (await one.attest(one.keyId)).body.artifact;
    const artifactTwo = (await two.attest(two.keyId)).body.artifact;
    const challenge = await one.challenge();
    const assertion = one.appAttest.generateAssertion(one.keyId, hash(Buffer.from(artifactOne, 'base64'), challenge));
    const body = {
      artifact: artifactOne,
      challenge: Buffer.from(challenge).toString('base64'),
      assertion: Buffer.from(assertion).toString('base64'),
    };
    assert.equal((await one.post('exchangeAppAttestAssertion', body)).status, 200);
    assert.equal((await one.post('exchangeAppAttestAssertion', body)).status, 409);
    const fresh = Buffer.from(await one.challenge()).toString('base64');
    assert.deepEqual(statusOf(await one.post('exchangeAppAttestAssertion', { ...body, challenge: fresh })), [
      403,
      'refused',
    ]);
    assert.deepEqual(statusOf(await one.assert(one.keyId, artifactTwo)), [403, 'refused']);
    assert.equal(lastRejection(), 'apple.signature_invalid');
    const moved = Buffer.from(artifactOne, 'base64').subarray(0, 32).toString('base64');
    assert.deepEqual(statusOf(await one.assert(one.keyId, moved)), [503, 'key_unknown']);
  });

  it('raises the counter once for each of many that come at once', async () => {
    const phone = createPhone();
    const { artifact } = (await phone.attest(phone.keyId)).body;
    const all = await Promise.all(Array.from({ length: 8 }, () => phone.assert(phone.keyId, artifact)));
    const statuses = all.map(({ status }) => status);
    assert.ok(
      statuses.every((status) => status === 200 || status === 409),
      statuses.join(),
    );
    assert.ok(statuses.includes(200));
    const jkt = Buffer.from(artifact, 'base64').subarray(1).toString('base64url');
    assert.equal((await service.store.instance(iss, jkt))?.counter, 8);
  });

  it('waits when its key has no row here, and tells the operator', async () => {
    const phone = createPhone();
    const artifact = Buffer.concat([Buffer.of(1), Buffer.from(sha256('nobody'))]).toString('base64');
    assert.deepEqual(statusOf(await phone.assert(phone.keyId, artifact)), [503, 'key_unknown']);
    assert.equal(lastRejection(), 'service.facade_key_unknown');
    assert.ok(world.lines.some(({ level, app }) => level === WARNING && app === APP.package));
  });

  it('does not speak for the instance of another client', async () => {
    const phone = createPhone();
    const { artifact } = (await phone.attest(phone.keyId)).body;
    const jkt = Buffer.from(artifact, 'base64').subarray(1).toString('base64url');
    const facade = await service.store.instance(iss, jkt);
    assert.ok(facade);
    const native = { ...facade, jkt: Buffer.from(sha256('K')).toString('base64url') };
    const { instance } = service.store;
    Object.assign(service.store, { instance: async () => native });
    try {
      assert.deepEqual(statusOf(await phone.assert(phone.keyId, artifact)), [503, 'key_unknown']);
    } finally {
      Object.assign(service.store, { instance });
    }
  });

  it('ends with its instance', async () => {
    const phone = createPhone();
    const { artifact } = (await phone.attest(phone.keyId)).body;
    const jkt = Buffer.from(artifact, 'base64').subarray(1).toString('base64url');
    await revokeInstance(service, ACTOR, iss, jkt);
    assert.deepEqual(statusOf(await phone.assert(phone.keyId, artifact)), [403, 'refused']);
    assert.deepEqual(statusOf(await phone.attest(phone.keyId)), [403, 'refused']);
  });
});

describe('what the client’s back-off is told', () => {
  it('never 400 or 404 for a challenge that is old, altered, or of another app', async () => {
    const phone = createPhone();
    const late = Buffer.from(await phone.challenge());
    hands.now += 301_000;
    const altered = Buffer.from(await phone.challenge());
    altered[38] = (altered[38] ?? 0) ^ 1;
    for (const each of [late, altered, Buffer.alloc(39), Buffer.alloc(20, 1)]) {
      const { status } = await phone.attest(phone.keyId, { challenge: each.toString('base64') });
      assert.equal(status, 409);
    }
  });

  it('404 for a name that nobody registered, 400 for what the client never sends', async () => {
    for (const path of [`projects/other/apps/${APP.package}`, 'projects/acme/apps/com.example.none']) {
      const phone = createPhone({}, path);
      assert.deepEqual(statusOf(await phone.post('generateAppAttestChallenge')), [404, 'facade_unknown']);
    }
    const phone = createPhone();
    for (const body of [{}, { key_id: 'x' }, { artifact: '=', challenge: 'AAAA', assertion: 'AAAA' }]) {
      assert.equal((await phone.post('exchangeAppAttestAssertion', body)).status, 400);
    }
    assert.equal((await phone.post('exchangeDeviceCheckToken', {})).status, 404);
  });

  it('500 where the API cannot be given bearer tokens', async () => {
    const phone = createPhone();
    await world.operate('PUT', `${ADMIN}/apis/${encodeURIComponent(API)}`, {
      audience: API,
      label: 'API',
      minimum: 'high',
    });
    service.registry.forget();
    try {
      assert.deepEqual(statusOf(await phone.attest(phone.keyId)), [500, 'server_misconfigured']);
    } finally {
      await world.operate('PUT', `${ADMIN}/apis/${encodeURIComponent(API)}`, { audience: API, label: 'API' });
      service.registry.forget();
    }
  });
});

describe('decisions', () => {
  it('are the policy’s: a development key is refused, and let through before the policy is enforced', async () => {
    const phone = createPhone({ environment: 'development', category: 3 });
    // A newer build would be admitted and a new key not, so the key is kept.
    assert.deepEqual(statusOf(await phone.attest(phone.keyId)), [429, 'deferred']);
    await register({ rollout: { stage: 'monitor' } });
    service.registry.forget();
    try {
      const { status, body } = await phone.attest(phone.keyId);
      assert.equal(status, 200);
      const { claims } = await verified(body.appCheckToken.token);
      assert.deepEqual([claims.att.stg, claims.att.tier, claims.acr], ['monitor', 'warning', 'urn:assay:app:low']);
    } finally {
      await register();
      service.registry.forget();
    }
  });

  it('heed bans', async () => {
    const phone = createPhone();
    const { artifact } = (await phone.attest(phone.keyId)).body;
    const jkt = Buffer.from(artifact, 'base64').subarray(1).toString('base64url');
    const value = (await service.store.instance(iss, jkt))?.lineage ?? '';
    hands.now += 1;
    await giveOrder(service, ACTOR, ISSUER, {
      ...{ effect: 'ban', target: 'lineage', value, app: APP.package, reason: 'test', seconds: 3600 },
    });
    assert.deepEqual(statusOf(await phone.assert(phone.keyId, artifact)), [403, 'refused']);
    assert.deepEqual((await appraisals())[0]?.verdict.reasons[0], 'service.banned');
  });
});

describe('debug tokens', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const { d = '' } = privateKey.export({ format: 'jwk' });
  const jwk = { kty: 'EC', crv: 'P-256', x, y } as const;

  it('are refused without a grant', async () => {
    const phone = createPhone();
    for (const text of ['8F6B5E0A-1D1B-4B62-9A0C-2F8B2B0C7B11', `${'0'.repeat(32)}.${d}`]) {
      assert.deepEqual(statusOf(await phone.debug(text)), [403, 'refused']);
      assert.equal(lastRejection(), 'service.grant_unfit');
    }
  });

  it('use a grant once for each exchange, until it is used up, has ended or is revoked', async () => {
    await register({ dev: true, policy: 'strict', rollout: { stage: 'monitor' } });
    service.registry.forget();
    const phone = createPhone();
    const wish = { app: APP.package, label: 'simulators', uses: 2, seconds: 3600, jwk };
    const { id } = await giveGrant(service, ACTOR, ISSUER, wish);
    for (let round = 0; round < 2; round += 1) {
      const { status, body } = await phone.debug(`${id}.${d}`);
      assert.equal(status, 200, JSON.stringify(body));
      const { claims } = await verified(body.token);
      assert.deepEqual([claims.att.plt, claims.acr], ['dev', 'urn:assay:app:low']);
    }
    assert.deepEqual(statusOf(await phone.debug(`${id}.${d}`)), [403, 'refused']);
    assert.equal(lastRejection(), 'service.grant_spent');
    const fresh = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const own = fresh.publicKey.export({ format: 'jwk' });
    const shared = await giveGrant(service, ACTOR, ISSUER, {
      ...{ ...wish, uses: 4, jwk: { kty: 'EC', crv: 'P-256', x: own.x ?? '', y: own.y ?? '' } },
    });
    const secret = `${shared.id}.${fresh.privateKey.export({ format: 'jwk' }).d}`;
    const atOnce = await Promise.all(Array.from({ length: 4 }, () => phone.debug(secret)));
    assert.deepEqual(
      atOnce.map(({ status }) => status),
      [200, 200, 200, 200],
    );
    const another = await giveGrant(service, ACTOR, ISSUER, wish);
    const wrong = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }).d;
    for (const secret of [wrong, 'A'.repeat(43), `${d.slice(0, -1)}_`]) {
      assert.deepEqual(statusOf(await phone.debug(`${another.id}.${secret}`)), [403, 'refused']);
    }
    hands.now += 3_600_000;
    assert.deepEqual(statusOf(await phone.debug(`${another.id}.${d}`)), [403, 'refused']);
    assert.equal((await service.store.instance(iss, thumbprint(jwk)))?.format, 'dev');
    await register();
    service.registry.forget();
  });
});
