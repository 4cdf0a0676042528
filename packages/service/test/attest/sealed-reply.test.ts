import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import { giveOrder, makeChallenge, revokeInstance } from '@assay/service';
import { createFixedKeys, createTokenVerifier } from '@assay/tokens';
import type { Fault } from '@assay/virtual-devices';
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
  audience = API,
): Promise<void> {
  const version = (await store.registered(ISSUER.iss, 'api', audience))?.version ?? 0;
  const document = JSON.stringify({ audience, label: 'API', ...change });
  await store.register(ISSUER.iss, 'api', audience, document, version, hands.now);
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

/** What may be wrong with a phone; nothing with the first. */
const OUTCOMES: readonly (readonly Fault[])[] = [[], ['unlocked-bootloader'], ['other-signer'], ['lookalike-root']];

async function enrol(
  world: TestWorld,
  faults: readonly Fault[],
  said: { readonly audiences: readonly string[]; readonly version: string },
): Promise<Answered> {
  const { attestation_challenge: challenge } = await makeChallenge(world.service, ISSUER, { app: APP.package });
  const { phone } = createTestPhone(world, 'android', faults);
  const speaker = { iss: ISSUER.iss, app: APP.package, build: '4201', os: phone.os, secrets: [], ...said };
  const context = { speaker, adapter: phone, crypto: NODE_CRYPTO, random };
  return send(world, await prepareRequest({ purpose: 'enrol', challenge }, context));
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

  it('no version, audience or order of them makes one outcome look unlike another', async () => {
    const others = ['https://a.example.com', `https://b.example.com/${'b'.repeat(200)}`];
    const world = await createSealedWorld();
    await registerApp(world, ISSUER.iss, { refusals: 'sealed', audiences: [API, ...others] });
    await registerApi(world);
    await registerApi(world, { encryptionKey: KEY, shape: 'attestation' }, others[0]);
    await registerApi(world, { encryptionKey: KEY, lifetime: 3600, minimum: 'high' }, others[1]);
    const versions = ['1', 'v'.repeat(64), '"\\'.repeat(32)];
    const wanted = [[], [API], others, [...others, API], [API, ...others]];
    for (const [index, audiences] of wanted.entries()) {
      const version = versions[index % versions.length] ?? '';
      const seen = await Promise.all(
        OUTCOMES.map(async (faults) => visible(await enrol(world, faults, { audiences, version }))),
      );
      for (const each of seen) assert.deepEqual(each, seen[0], `${audiences.length} audiences, version ${version}`);
      assert.equal(seen[0]?.tokens.length, audiences.length);
    }
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
