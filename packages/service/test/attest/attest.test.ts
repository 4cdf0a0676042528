import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseBase64url } from '@assay/formats';
import { setSecret } from '@assay/service';
import { parseStatement } from '@assay/tokens';
import {
  APP,
  createTestPhone,
  createTestService,
  createTestWorld,
  ISSUER,
  type Platform,
  payloadOf,
  registerApp,
  registerPolicy,
  send,
  withCode,
} from '../support/world.ts';

const PLATFORMS: readonly Platform[] = ['ios', 'android'];
const REFUSED = {
  ios: ['development-environment', 'policy.environment_not_allowed'],
  android: ['self-signed-boot', 'policy.boot_not_verified'],
} as const;
const ANY_PLATFORM = `assay: policy/1
name: house
description: Whatever platform is proven.
rules:
  - id: platform
    require: platform in ["ios", "android"]
    otherwise: { tier: none, code: policy.platform_unproven }
    why: A test.
assurance:
  - level: low
    when: platform in ["ios", "android"]
`;

const appraisalsOf = async ({ store }: Awaited<ReturnType<typeof createTestWorld>>) =>
  store.appraisals(ISSUER.iss, { limit: 100 });

for (const platform of PLATFORMS) {
  describe(`an instance on ${platform}`, () => {
    it('enrols, refreshes and rekeys within one lineage', async () => {
      const world = await createTestWorld();
      const phone = createTestPhone(world, platform);
      for (const purpose of ['enrol', 'refresh', 'rekey', 'refresh'] as const) {
        const { status, body } = await phone.ask(purpose);
        assert.equal(status, 200, `${purpose}: ${JSON.stringify(body)}`);
        assert.equal(body.result, 'ok');
      }
      const appraisals = await appraisalsOf(world);
      assert.equal(new Set(appraisals.map(({ lineage }) => lineage)).size, 1);
      assert.equal(new Set(appraisals.map(({ jkt }) => jkt)).size, 2);
    });

    it('gets the same answer for a request that is sent again, at most three times', async () => {
      for (const purpose of ['enrol', 'refresh', 'rekey'] as const) {
        const world = await createTestWorld();
        const phone = createTestPhone(world, platform);
        if (purpose !== 'enrol') await phone.ask('enrol');
        const before = (await appraisalsOf(world)).length;
        const prepared = await phone.prepare(purpose);
        const first = await send(world, prepared);
        assert.equal(first.status, 200, purpose);
        for (let again = 0; again < 3; again++) {
          const repeated = await send(world, prepared);
          assert.equal(repeated.status, 200, purpose);
          assert.equal(repeated.support, first.support);
        }
        await assert.rejects(send(world, prepared), withCode('service.challenge_used'));
        assert.equal((await appraisalsOf(world)).length, before + 1);
      }
    });

    it('is appraised once when a request comes 64 times at once', async () => {
      const world = await createTestWorld();
      const prepared = await createTestPhone(world, platform).prepare('enrol');
      const all = await Promise.allSettled(Array.from({ length: 64 }, () => send(world, prepared)));
      const good = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.support] : []));
      assert.equal(good.length, 4);
      assert.equal(new Set(good).size, 1);
      assert.equal((await appraisalsOf(world)).length, 1);
    });

    it('is kept when the policy refuses it, and refreshes once the policy is mended', async () => {
      const world = await createTestWorld();
      const [fault, code] = REFUSED[platform];
      const phone = createTestPhone(world, platform, [fault]);
      const prepared = await phone.prepare('enrol');
      const refused = await send(world, prepared);
      assert.equal(refused.status, 403);
      assert.ok(refused.body.result === 'refused' && !('reasons' in refused.body) && refused.body.next !== undefined);
      const reasons = (await appraisalsOf(world))[0]?.verdict.reasons ?? [];
      assert.ok(reasons.includes(code));
      await registerPolicy(world, 'house', ANY_PLATFORM);
      await registerApp(world, ISSUER.iss, { policy: 'house' });
      phone.instance = prepared.instance;
      assert.equal((await phone.ask('refresh')).status, 200);
    });

    it('is nobody’s refusal when the app names a policy that is not there', async () => {
      const world = await createTestWorld({ policy: 'gone' });
      await assert.rejects(createTestPhone(world, platform).ask('enrol'), withCode('service.policy_unknown'));
      assert.equal((await appraisalsOf(world)).length, 0);
      assert.equal(world.events.filter(({ type }) => type === 'rejection').length, 0);
    });
  });
}

describe('a repeated answer', () => {
  it('holds no secret that the daily limit kept back', async () => {
    const world = await createTestWorld();
    const { service } = world;
    const rule = { minimum: 'low', maxPerDay: 2, lifetime: 900, onWarning: true } as const;
    await setSecret(service, 'ann', ISSUER, APP.package, 'maps', new Uint8Array([1, 2, 3]), rule);
    const phone = createTestPhone(world, 'android');
    const secretsOf = (answer: Awaited<ReturnType<typeof send>>) =>
      answer.body.result === 'ok' ? Object.keys(answer.body.secrets ?? {}) : [];
    const first = await phone.prepare('enrol', { secrets: ['maps'] });
    const answer = await send(world, first);
    phone.instance = first.instance;
    assert.deepEqual(secretsOf(answer), ['maps']);
    assert.deepEqual(secretsOf(await send(world, first)), ['maps'], 'the reply was lost');
    assert.deepEqual(secretsOf(await phone.ask('refresh', { secrets: ['maps'] })), ['maps']);
    const late = await phone.prepare('refresh', { secrets: ['maps'] });
    assert.deepEqual(secretsOf(await send(world, late)), []);
    assert.deepEqual(secretsOf(await send(world, late)), []);
  });

  it('is refused once the instance is revoked', async () => {
    const world = await createTestWorld();
    const phone = createTestPhone(world, 'android');
    const prepared = await phone.prepare('enrol');
    await send(world, prepared);
    await world.store.setInstanceStatus(ISSUER.iss, prepared.instance.jkt, 'revoked');
    const { status, body } = await send(world, prepared);
    assert.equal(status, 403);
    assert.equal(body.result === 'refused' && body.action, 'reenroll');
    for (let again = 0; again < 3; again++) await send(world, prepared);
    await world.store.setInstanceStatus(ISSUER.iss, prepared.instance.jkt, 'active');
    assert.equal((await send(world, prepared)).status, 200, 'no repetition was spent on refusals');
  });
});

describe('one attempt at a time', () => {
  it('leaves the next its turn when the first fails', async () => {
    const world = await createTestWorld();
    const { service } = world;
    const prepared = await createTestPhone(world, 'android').prepare('enrol');
    let calls = 0;
    const failing = {
      ...service,
      store: {
        ...service.store,
        accept: async (...args: Parameters<typeof service.store.accept>) => {
          calls += 1;
          if (calls === 1) throw new Error('the store is away');
          return service.store.accept(...args);
        },
      },
    };
    const flaky = { ...world, service: failing };
    const [first, second, third] = await Promise.allSettled([1, 2, 3].map(() => send(flaky, prepared)));
    assert.equal(first?.status, 'rejected');
    assert.equal(second?.status, 'fulfilled');
    assert.equal(third?.status, 'fulfilled');
    assert.equal(service.inFlight.size, 0);
    assert.equal((await appraisalsOf(world)).length, 1);
  });

  it('opens one transaction for requests that come at once, and its redemption outlives the challenge', async () => {
    const world = await createTestWorld();
    const { store } = world.service;
    const redeemed: number[] = [];
    const accept: typeof store.accept = async (acceptance) => {
      redeemed.push(acceptance.redemption.expiresAt);
      return store.accept(acceptance);
    };
    const watched = { ...world, service: { ...world.service, store: { ...store, accept } } };
    const prepared = await createTestPhone(world, 'android').prepare('enrol');
    await Promise.all([1, 2, 3].map(() => send(watched, prepared)));
    assert.equal(redeemed.length, 1);
    assert.ok((redeemed[0] ?? 0) > world.hands.now + 300_000);
  });

  it('holds between replicas by the store alone', async () => {
    const world = await createTestWorld();
    const replicas = Array.from({ length: 3 }, () => createTestService(world.store, world.hands, world.service.kek));
    const prepared = await createTestPhone(world, 'ios').prepare('enrol');
    const all = await Promise.allSettled(
      replicas.flatMap((replica) => Array.from({ length: 20 }, () => send(replica, prepared))),
    );
    const good = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.support] : []));
    assert.equal(new Set(good).size, 1);
    assert.equal((await appraisalsOf(world)).length, 1);
  });
});

describe('a refusal for a bad signature', () => {
  it('names the key and the request by hashes, and nothing that the sender wrote', async () => {
    const world = await createTestWorld();
    const prepared = await createTestPhone(world, 'android').prepare('enrol');
    const body = JSON.parse(prepared.body);
    const [header, payload, signature = ''] = body.request.split('.');
    const turned = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    const forged = { ...prepared, body: JSON.stringify({ ...body, request: [header, payload, turned].join('.') }) };
    const { status, reply } = await send(world, forged);
    assert.equal(status, 403);
    const said = payloadOf(reply);
    assert.deepEqual(Object.keys(said).sort(), [
      'action',
      'aud',
      'class',
      'iat',
      'iss',
      'result',
      'rqh',
      'support',
      'v',
    ]);
    assert.match(said.aud, /^[A-Za-z0-9_-]{43}$/);
    assert.match(said.rqh, /^[A-Za-z0-9_-]{43}$/);
    const { statement } = parseStatement(parseBase64url(payload));
    assert.ok(!JSON.stringify(said).includes(statement.rid));
  });

  it('is not made before the challenge holds', async () => {
    const world = await createTestWorld();
    const phone = createTestPhone(world, 'android');
    const prepared = await phone.prepare('enrol');
    world.hands.now += 301_000;
    await assert.rejects(send(world, prepared), withCode('tokens.challenge_expired'));
    assert.equal(world.events.filter(({ type }) => type === 'rejection').length, 0);
  });
});

describe('a record', () => {
  it('says where the time went', async () => {
    const world = await createTestWorld();
    await createTestPhone(world, 'android').ask('enrol');
    const [appraisal] = await appraisalsOf(world);
    assert.deepEqual(Object.keys(appraisal?.record.latencyMs ?? {}), [
      ...['parse', 'verify', 'wait', 'evidence', 'policy', 'total'],
    ]);
    const event = world.events.find(({ type }) => type === 'appraisal');
    assert.ok(event?.type === 'appraisal' && 'store' in event.timings && 'reply' in event.timings);
  });
});
