import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createKek, createKekRing } from '@assay/secrets';
import { makeChallenge, revokeTokenKey, rotateKeys, UPKEEP } from '@assay/service';
import { verifyChallenge } from '@assay/tokens';
import { createKeyRow } from '../../src/keys/issuer-keys.ts';
import { APP, createTestPhone, createTestService, createTestWorld, ISSUER, send, withCode } from '../support/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const { iss } = ISSUER;

describe('rotation', () => {
  it('publishes a key before it signs, and lets the old one verify for a while', async () => {
    const world = await createTestWorld();
    const { service, hands } = world;
    const first = (await service.keys.of(iss)).token.kid;
    await rotateKeys(service, UPKEEP, iss);
    const states = async () =>
      Object.fromEntries((await service.keys.of(iss)).published.map(({ kid, state }) => [kid, state]));
    assert.deepEqual(Object.values(await states()).toSorted(), ['active', 'next']);
    hands.now += 31 * DAY;
    await rotateKeys(service, UPKEEP, iss);
    assert.equal((await states())[first], 'retiring');
    assert.notEqual((await service.keys.of(iss)).token.kid, first);
    hands.now += 3 * HOUR;
    await rotateKeys(service, UPKEEP, iss);
    assert.equal((await states())[first], undefined);
    assert.equal(await rotateKeys(service, UPKEEP, iss), 0);
  });

  it('is one rotation when two replicas plan it at once', async () => {
    const world = await createTestWorld();
    const replica = createTestService(world.store, world.hands, world.service.kek);
    await world.service.keys.of(iss);
    await rotateKeys(world.service, UPKEEP, iss);
    world.hands.now += 31 * DAY;
    await Promise.all([rotateKeys(world.service, UPKEEP, iss), rotateKeys(replica.service, UPKEEP, iss)]);
    await rotateKeys(world.service, UPKEEP, iss);
    replica.service.keys.forget();
    const [one, two] = await Promise.all([world.service.keys.of(iss), replica.service.keys.of(iss)]);
    assert.equal(one.token.kid, two.token.kid);
    assert.equal(one.published.filter(({ state }) => state === 'active').length, 1);
  });

  it('keeps challenges alive that were made before it', async () => {
    const world = await createTestWorld();
    const { service, hands } = world;
    await service.keys.of(iss);
    await rotateKeys(service, UPKEEP, iss);
    hands.now += 25 * HOUR;
    const prepared = await createTestPhone(world, 'android').prepare('enrol');
    assert.ok((await rotateKeys(service, UPKEEP, iss)) > 0);
    assert.equal((await send(world, prepared)).status, 200);
  });

  it('of challenge keys goes on when their 255 numbers come round again', async () => {
    const world = await createTestWorld();
    const { service, hands, store } = world;
    for (let day = 0; day < 260; day++) {
      await service.keys.of(iss);
      await rotateKeys(service, UPKEEP, iss);
      hands.now += DAY + HOUR;
    }
    const rows = await store.keys(iss, 'challenge');
    assert.ok(rows.length <= 255);
    const changed = Math.max(...rows.filter(({ state }) => state === 'active').map(({ changedAt }) => changedAt));
    assert.ok(hands.now - changed <= 2 * (DAY + HOUR), 'the newest key is young');
    for (const { state, createdAt } of rows) {
      assert.ok(state === 'gone' || hands.now - createdAt <= 4 * (DAY + HOUR), 'a new key in an old row is no older');
    }
    const { attestation_challenge } = await makeChallenge(service, ISSUER, { app: APP.package });
    const { challenge } = await service.keys.of(iss);
    verifyChallenge(attestation_challenge, 'attest', { iss, app: APP.package }, { keys: challenge, at: hands.now });
  });

  it('and revocation promote no successor that was slipped in, and a slipped-in one can be revoked', async () => {
    const { service, hands, store } = await createTestWorld();
    const foreign = { ...service, kek: createKekRing([createKek(service.random)], service.random) };
    const first = (await service.keys.of(iss)).token.kid;
    await rotateKeys(service, UPKEEP, iss);
    hands.now += 1;
    const forged = await createKeyRow(foreign, iss, 'token', 'next', 0);
    await store.addKey(forged);
    hands.now += 31 * DAY;
    await rotateKeys(service, UPKEEP, iss);
    const second = (await service.keys.of(iss)).token.kid;
    await revokeTokenKey(service, UPKEEP, iss, second);
    const third = (await service.keys.of(iss)).token.kid;
    assert.equal(new Set([first, second, third, forged.kid]).size, 4);
    await revokeTokenKey(service, UPKEEP, iss, forged.kid);
    assert.equal((await service.keys.of(iss)).unproven, 0);
  });

  it('leaves the reply key and the record key alone', async () => {
    const { service, hands } = await createTestWorld();
    const before = await service.keys.of(iss);
    for (let step = 0; step < 5; step++) {
      hands.now += 200 * DAY;
      await rotateKeys(service, UPKEEP, iss);
    }
    const after = await service.keys.of(iss);
    assert.deepEqual([after.reply.kid, after.record], [before.reply.kid, before.record]);
  });
});

describe('revocation of a token key', () => {
  it('takes it out at once and puts a successor in its place', async () => {
    const { service } = await createTestWorld();
    const { token } = await service.keys.of(iss);
    await revokeTokenKey(service, 'ann', iss, token.kid);
    const after = await service.keys.of(iss);
    assert.notEqual(after.token.kid, token.kid);
    assert.ok(!after.published.some(({ kid }) => kid === token.kid));
    await assert.rejects(revokeTokenKey(service, 'ann', iss, token.kid), withCode('tokens.key_ring_invalid'));
  });
});
