import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { describe, it } from 'node:test';
import { createFixedKeys, createTokenVerifier, type EcJwk, verifyReply } from '@assay/tokens';
import {
  API,
  APP,
  createTestPhone,
  createTestWorld,
  ISSUER,
  OTHER,
  payloadOf,
  registerApp,
  send,
  withCode,
  withStatusList,
} from '../support/world.ts';

const REFUSED = ['android', ['self-signed-boot']] as const;

describe('a reply', () => {
  it('opens by the reply key, for its request alone', async () => {
    const world = await createTestWorld();
    const phone = createTestPhone(world, 'android');
    const [one, two] = [await phone.prepare('enrol'), await phone.prepare('enrol')];
    const { reply } = await send(world, one);
    const keys = await world.service.keys.of(ISSUER.iss);
    const known = (jwk: EcJwk) => createPublicKey({ key: { ...jwk }, format: 'jwk' });
    const ring = new Map([[keys.reply.kid, known(keys.reply.publicJwk)]]);
    const expected = { iss: ISSUER.iss, jkt: one.instance.jkt, rqh: one.rqh };
    assert.equal((await verifyReply(reply, expected, ring)).result, 'ok');
    for (const wrong of [{ rqh: two.rqh }, { jkt: two.instance.jkt }, { iss: OTHER.iss }]) {
      await assert.rejects(verifyReply(reply, { ...expected, ...wrong }, ring), withCode('tokens.reply_mismatch'));
    }
    const token = new Map([[keys.reply.kid, known(keys.token.publicJwk)]]);
    await assert.rejects(verifyReply(reply, expected, token), withCode('tokens.reply_signature_invalid'));
  });

  it('holds a token that its API takes, and no other', async () => {
    const world = await createTestWorld();
    const { body } = await createTestPhone(world, 'ios').ask('enrol');
    assert.ok(body.result === 'ok');
    const token = body.tokens[API]?.value ?? '';
    const verifierOf = async (iss: string, audience: string, apps: readonly string[]) => {
      const { published } = await world.service.keys.of(iss);
      return createTokenVerifier({
        issuers: [{ iss, keys: createFixedKeys(published) }],
        audience,
        apps,
        clock: () => world.hands.now,
      });
    };
    const { claims } = await (await verifierOf(ISSUER.iss, API, [APP.package])).verify(token, 'dpop');
    assert.deepEqual([claims.att.kp, claims.att.plt, claims.amr], ['app_asserted', 'ios', []]);
    for (const [iss, audience, app] of [
      [OTHER.iss, API, APP.package],
      [ISSUER.iss, 'https://other.example.com', APP.package],
      [ISSUER.iss, API, 'com.example.other'],
    ] as const) {
      await assert.rejects((await verifierOf(iss, audience, [app])).verify(token, 'dpop'));
    }
  });

  it('marks a token for which revocation could not be asked, at an enrolment, a refresh and a repetition', async () => {
    const outage = await createTestWorld();
    const well = withStatusList(outage, '1');
    const degradedIn = async (world: typeof outage, prepared: Parameters<typeof send>[1]) => {
      const { body } = await send(world, prepared);
      assert.ok(body.result === 'ok');
      return payloadOf<{ att: { deg?: readonly string[] } }>(body.tokens[API]?.value ?? '').att.deg;
    };
    const phone = createTestPhone(outage, 'android');
    const enrol = await phone.prepare('enrol');
    phone.instance = enrol.instance;
    const deg = ['revocation_not_checked'];
    assert.deepEqual(await degradedIn(outage, enrol), deg);
    assert.deepEqual(await degradedIn(well, enrol), deg, 'what was decided then');
    assert.equal(await degradedIn(well, await phone.prepare('refresh')), undefined);
    assert.deepEqual(await degradedIn(outage, await phone.prepare('refresh')), deg);
    const apple = await createTestPhone(outage, 'ios').prepare('enrol');
    assert.equal(await degradedIn(outage, apple), undefined, 'Apple has no such list');
  });

  it('names no token for an API whose minimum is not reached, or that nobody registered', async () => {
    const world = await createTestWorld();
    const { store, hands, service } = world;
    const stricter = JSON.stringify({ audience: API, label: 'API', minimum: 'high' });
    await store.register(ISSUER.iss, 'api', API, stricter, 1, hands.now);
    service.registry.forget();
    const { body } = await createTestPhone(world, 'ios').ask('enrol');
    assert.ok(body.result === 'ok');
    const verdict = (await store.appraisals(ISSUER.iss, { limit: 1 }))[0]?.verdict;
    assert.equal(verdict?.assurance === 'high', API in body.tokens);
  });

  it('tells a refused app its class and action, and the reasons only where the app asks for them', async () => {
    const world = await createTestWorld();
    const quiet = await createTestPhone(world, ...REFUSED).ask('enrol');
    assert.ok(quiet.body.result === 'refused' && !('reasons' in quiet.body));
    await registerApp(world, ISSUER.iss, { reasonsToApp: true });
    const told = await createTestPhone(world, ...REFUSED).ask('enrol');
    assert.ok(told.body.result === 'refused' && told.body.reasons?.includes('policy.boot_not_verified'));
  });

  it('is refused for an API that the app may not ask tokens for', async () => {
    const world = await createTestWorld({ audiences: ['https://other.example.com'] });
    await assert.rejects(createTestPhone(world, 'android').ask('enrol'), withCode('service.audience_unknown'));
  });

  it('says nothing of a platform that is not registered but that the request is of no use', async () => {
    const world = await createTestWorld({ apple: undefined });
    await assert.rejects(createTestPhone(world, 'ios').ask('enrol'), withCode('service.platform_not_registered'));
  });
});
