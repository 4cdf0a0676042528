import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeChallenge, markRestored, rotateKeys, UPKEEP } from '@assay/service';
import { verifyChallenge } from '@assay/tokens';
import { APP, createTestPhone, createTestWorld, ISSUER, OTHER, send, withCode } from '../support/world.ts';

const { iss } = ISSUER;

describe('after a restore', () => {
  it('no challenge that was given before is good, and new ones are', async () => {
    const world = await createTestWorld();
    const phone = createTestPhone(world, 'android');
    const before = await phone.prepare('enrol');
    assert.deepEqual(await markRestored(world.service, 'ann', iss, { tokenKeys: false }), { challenge: 1, token: 0 });
    await assert.rejects(send(world, before), withCode('tokens.challenge_invalid'));
    assert.equal((await phone.ask('enrol')).status, 200);
    assert.equal((await phone.ask('refresh')).status, 200);
  });

  it('the next challenge key dies too: the backup may hold it', async () => {
    const { service, store, hands } = await createTestWorld();
    await service.keys.of(iss);
    await rotateKeys(service, UPKEEP, iss);
    await markRestored(service, 'ann', iss, { tokenKeys: false });
    const states = (await store.keys(iss, 'challenge')).map(({ state }) => state);
    assert.deepEqual(states.toSorted(), ['active', 'gone', 'gone']);
    const { attestation_challenge: text } = await makeChallenge(service, ISSUER, { app: APP.package });
    const { challenge: keys } = await service.keys.of(iss);
    verifyChallenge(text, 'attest', { iss, app: APP.package }, { keys, at: hands.now });
  });

  it('token keys change only where that is asked for', async () => {
    const { service, store } = await createTestWorld();
    await service.keys.of(iss);
    await rotateKeys(service, UPKEEP, iss);
    const kept = await service.keys.of(iss);
    await markRestored(service, 'ann', iss, { tokenKeys: false });
    assert.deepEqual((await service.keys.of(iss)).published, kept.published);
    assert.deepEqual(await markRestored(service, 'ann', iss, { tokenKeys: true }), { challenge: 1, token: 2 });
    const { token, published, reply } = await service.keys.of(iss);
    assert.deepEqual([published.map(({ kid }) => kid), reply.kid], [[token.kid], kept.reply.kid]);
    assert.ok(kept.published.every(({ kid }) => kid !== token.kid));
    assert.deepEqual(JSON.parse((await store.lastAudit(iss))?.detail ?? ''), { challengeKeys: 1, tokenKeys: 2 });
  });

  it('other issuers keep their keys, and one without keys gets its first', async () => {
    const { service, store } = await createTestWorld();
    const before = (await service.keys.of(OTHER.iss)).token.kid;
    assert.deepEqual(await markRestored(service, 'ann', iss, { tokenKeys: true }), { challenge: 0, token: 0 });
    assert.equal((await service.keys.of(OTHER.iss)).token.kid, before);
    assert.equal((await store.lastAudit(iss))?.act, 'db.restored');
  });
});
