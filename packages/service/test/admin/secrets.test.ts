import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listSecrets, SecretRule, setSecret } from '@assay/service';
import { APP, createTestPhone, createTestWorld, ISSUER, send, withCode } from '../support/world.ts';

const world = await createTestWorld();
const { service, store } = world;
const app = APP.package;
const value = new TextEncoder().encode('a very secret value');
const rule = SecretRule.parse({ minimum: 'low', onWarning: true });

describe('secrets', () => {
  it('get a new version each time, and show no value', async () => {
    assert.equal(await setSecret(service, 'ann', ISSUER, app, 'maps', value, rule), 1);
    assert.equal(await setSecret(service, 'ann', ISSUER, app, 'maps', value, rule), 2);
    const listed = await listSecrets(service, ISSUER, app);
    assert.deepEqual(
      listed.map(({ name, version }) => [name, version]),
      [['maps', 2]],
    );
    const rows = JSON.stringify([listed, await store.currentSecrets(ISSUER.iss, app)]);
    assert.ok(!rows.includes('very secret') && !rows.includes(Buffer.from(value).toString('base64url')));
  });

  it('are refused where they could never be delivered', async () => {
    await assert.rejects(
      setSecret(service, 'ann', ISSUER, 'none', 'maps', value, rule),
      withCode('service.app_unknown'),
    );
    await assert.rejects(
      setSecret(service, 'ann', ISSUER, app, 'no/name', value, rule),
      withCode('secrets.name_invalid'),
    );
    const large = new Uint8Array(5_000);
    await assert.rejects(
      setSecret(service, 'ann', ISSUER, app, 'large', large, rule),
      withCode('secrets.value_too_large'),
    );
  });

  it('reach only an assurance that may have them, and only those asked for', async () => {
    await setSecret(service, 'ann', ISSUER, app, 'crown', value, { ...rule, minimum: 'high' });
    for (const [platform, expected] of [
      ['android', ['maps', 'crown']],
      ['ios', ['maps']],
    ] as const) {
      const phone = createTestPhone(world, platform);
      const { body } = await phone.ask('enrol', { secrets: ['maps', 'crown', 'unknown'] });
      assert.ok(body.result === 'ok');
      const verdict = (await store.appraisalBySupport(ISSUER.iss, body.support))?.verdict;
      const may = verdict?.assurance === 'high' ? ['crown', 'maps'] : ['maps'];
      assert.deepEqual(Object.keys(body.secrets ?? {}).toSorted(), may, `${platform} ${expected}`);
    }
    const plain = await createTestPhone(world, 'android').ask('enrol');
    assert.ok(plain.body.result === 'ok' && Object.keys(plain.body.secrets ?? {}).length === 0);
  });

  it('that one reply has no room for stay here uncounted, and the reply can be opened', async () => {
    const names = Array.from({ length: 32 }, (_, at) => `bulk-${String(at).padStart(2, '0')}`);
    for (const name of names) await setSecret(service, 'ann', ISSUER, app, name, new Uint8Array(4096), rule);
    const phone = createTestPhone(world, 'android');
    const prepared = await phone.prepare('enrol', { secrets: names });
    const { body, reply } = await send(world, prepared);
    assert.ok(body.result === 'ok' && reply.length <= 131_072);
    const got = Object.keys(body.secrets ?? {});
    assert.ok(got.length > 5 && got.length < names.length);
    const lineage = (await store.appraisalBySupport(ISSUER.iss, body.support))?.lineage ?? '';
    const counted = await store.deliveries(ISSUER.iss, lineage, new Date(world.hands.now).toISOString().slice(0, 10));
    assert.deepEqual(counted.map(({ secret }) => secret).toSorted(), got.toSorted());
    assert.equal((await send(world, prepared)).body.support, body.support);
    const kept = world.events.filter((event) => event.type === 'delivery' && !event.delivered);
    assert.equal(kept.length, names.length - got.length, 'told once, also when the answer is given again');
  });

  it('of a refused phone stay here', async () => {
    const { body } = await createTestPhone(world, 'android', ['unlocked-bootloader']).ask('enrol', {
      secrets: ['maps'],
    });
    assert.ok(body.result === 'refused' && !('secrets' in body) && !('tokens' in body));
  });
});
