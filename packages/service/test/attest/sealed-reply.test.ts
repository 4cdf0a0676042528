import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import { giveOrder, makeChallenge, revokeInstance } from '@assay/service';
import { createFixedKeys, createTokenVerifier } from '@assay/tokens';
import {
  type Answered,
  API,
  APP,
  createTestPhone,
  createTestWorld,
  ISSUER,
  random,
  registerApp,
  send,
  type TestWorld,
  withCode,
} from '../support/world.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
const KEY = { kty: 'EC', crv: 'P-256', x, y };

async function registerApi(
  { store, service, hands }: TestWorld,
  change: object = { encryptionKey: KEY },
): Promise<void> {
  const version = (await store.registered(ISSUER.iss, 'api', API))?.version ?? 0;
  const document = JSON.stringify({ audience: API, label: 'API', ...change });
  await store.register(ISSUER.iss, 'api', API, document, version, hands.now);
  service.registry.forget();
}

async function createSealedWorld(app: object = {}): Promise<TestWorld> {
  const world = await createTestWorld({ refusals: 'sealed', ...app });
  await registerApi(world);
  return world;
}

/** Everything of an answer that does not differ from request to request. */
const visible = ({ status, reply, support, body, isSealed }: Answered) => ({
  ...{
    status,
    isSealed,
    length: reply.length,
    support: support.length,
    members: Object.keys(body),
    result: body.result,
  },
  tokens:
    body.result === 'ok'
      ? Object.values(body.tokens).map(({ value, type, expires_in }) => [value.length, type, expires_in])
      : [],
  secrets: body.result === 'ok' ? body.secrets : undefined,
});

async function verdictIn(world: TestWorld, { body }: Answered): Promise<string> {
  const { published } = await world.service.keys.of(ISSUER.iss);
  const verifier = createTokenVerifier({
    issuers: [{ iss: ISSUER.iss, keys: createFixedKeys(published) }],
    ...{ audience: API, apps: [APP.package], clock: () => world.hands.now, sealed: { keys: [privateKey] } },
  });
  const token = body.result === 'ok' ? (body.tokens[API]?.value ?? '') : '';
  return (await verifier.verify(token, 'dpop')).claims.att.tier;
}

describe('a sealed reply to a refresh', () => {
  it('is alike for an install that passes, is banned, was revoked, is unknown, or repeats its counter', async () => {
    const world = await createSealedWorld();
    const passing = createTestPhone(world, 'ios');
    await passing.ask('enrol');
    const good = await passing.ask('refresh');

    const bannedPhone = createTestPhone(world, 'ios');
    await bannedPhone.ask('enrol');
    const jkt = bannedPhone.instance?.jkt ?? '';
    const lineage = (await world.store.instance(ISSUER.iss, jkt))?.lineage ?? '';
    const wish = {
      effect: 'ban',
      target: 'lineage',
      value: lineage,
      app: APP.package,
      reason: 'test',
      seconds: 60,
    } as const;
    await giveOrder(world.service, 'test', ISSUER, wish);
    const banned = await bannedPhone.ask('refresh');

    const revokedPhone = createTestPhone(world, 'ios');
    await revokedPhone.ask('enrol');
    await revokeInstance(world.service, 'test', ISSUER.iss, revokedPhone.instance?.jkt ?? '');
    const revoked = await revokedPhone.ask('refresh');

    const stuck = createTestPhone(world, 'ios', ['stuck-counter']);
    await stuck.ask('enrol');
    const repeated = await stuck.ask('refresh');

    const stranger = createTestPhone(world, 'ios');
    const enrolment = await stranger.prepare('enrol');
    stranger.instance = enrolment.instance;
    const unknown = await stranger.ask('refresh');

    for (const each of [banned, revoked, repeated, unknown]) assert.deepEqual(visible(each), visible(good));
    const tiers = await Promise.all([good, banned, revoked, repeated, unknown].map((each) => verdictIn(world, each)));
    assert.deepEqual(tiers, ['affirming', ...Array(4).fill('contraindicated')]);
    const codes = world.events.flatMap((event) => (event.type === 'rejection' ? [event.rejection.code] : []));
    assert.deepEqual(codes, ['service.instance_revoked', 'apple.counter_replayed', 'service.instance_unknown']);
  });
});

describe('in sealed mode', () => {
  it('another request to a used challenge is answered as any other, and the operator knows', async () => {
    const world = await createSealedWorld();
    const { attestation_challenge: challenge } = await makeChallenge(world.service, ISSUER, { app: APP.package });
    const { phone } = createTestPhone(world, 'android');
    const speaker = {
      ...{ iss: ISSUER.iss, app: APP.package, version: '4.2.0', build: '4201', os: phone.os },
      ...{ audiences: [API], secrets: [] },
    };
    const prepare = () =>
      prepareRequest({ purpose: 'enrol', challenge }, { speaker, adapter: phone, crypto: NODE_CRYPTO, random });
    const [first, second] = [await prepare(), await prepare()];
    const answer = await send(world, first);
    assert.deepEqual(visible(await send(world, second)), visible(answer));
    for (let round = 0; round < 4; round += 1) {
      const again = await send(world, first);
      assert.deepEqual({ ...visible(again), support: again.support }, { ...visible(answer), support: answer.support });
    }
    const codes = world.events.flatMap((event) => (event.type === 'rejection' ? [event.rejection.code] : []));
    assert.deepEqual(codes, ['service.challenge_used', 'service.challenge_used']);
  });

  it('secrets are for nobody', async () => {
    const world = await createSealedWorld();
    const { body } = await createTestPhone(world, 'android').ask('enrol', { secrets: ['maps'] });
    assert.ok(body.result === 'ok' && body.secrets === undefined);
  });

  it('an API without a key is the operator’s to mend, before anything is decided', async () => {
    const world = await createSealedWorld();
    await registerApi(world, {});
    for (const faults of [[], ['other-signer'], ['unlocked-bootloader']] as const) {
      const asked = createTestPhone(world, 'android', faults).ask('enrol');
      await assert.rejects(asked, withCode('service.encryption_key_missing'));
    }
    assert.equal((await world.store.appraisals(ISSUER.iss, { limit: 10 })).length, 0);
  });

  it('an API that nobody registered is passed over for everybody', async () => {
    const other = 'https://other.example.com';
    const world = await createSealedWorld({ audiences: [other] });
    await registerApp(world, ISSUER.iss, { refusals: 'sealed', audiences: [API, other] });
    await registerApi(world);
    const { body } = await createTestPhone(world, 'android').ask('enrol');
    assert.ok(body.result === 'ok');
    assert.deepEqual(Object.keys(body.tokens), [API]);
  });
});

describe('an explicit app', () => {
  it('gets sealed tokens too for an API with a key, and refusals that it can read', async () => {
    const world = await createTestWorld();
    await registerApi(world);
    const good = await createTestPhone(world, 'ios').ask('enrol');
    assert.equal(await verdictIn(world, good), 'affirming');
    const refused = await createTestPhone(world, 'android', ['unlocked-bootloader']).ask('enrol');
    assert.deepEqual([refused.status, refused.body.result, refused.isSealed], [403, 'refused', undefined]);
  });
});
