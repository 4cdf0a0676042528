import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { revokeListed } from '@assay/service';
import {
  createTestPhone,
  createTestWorld,
  ISSUER,
  OTHER,
  roots,
  send,
  type TestPhone,
  type TestWorld,
  withStatusList,
} from '../support/world.ts';

const [{ serial }] = roots.genuine.factory;
const [{ serial: foreign }] = roots.genuine.rkp;

const statusOf = async ({ store }: TestWorld, { instance }: TestPhone) =>
  (await store.instance(ISSUER.iss, instance?.jkt ?? ''))?.status;

const refreshIn = async (world: TestWorld, phone: TestPhone) => send(world, await phone.prepare('refresh'));

describe('attack 23: a certificate is listed after the enrolment', () => {
  it('refuses the refresh by the list alone, before any upkeep', async () => {
    const before = withStatusList(await createTestWorld(), '1');
    const phone = createTestPhone(before, 'android');
    await phone.ask('enrol');
    assert.equal((await refreshIn(before, phone)).status, 200);
    const after = withStatusList(before, '2', serial);
    before.events.length = 0;
    const { status, body } = await refreshIn(after, phone);
    assert.deepEqual([status, body.result === 'refused' && [body.class, body.action]], [403, ['device', 'stop']]);
    const rejection = before.events.find(({ type }) => type === 'rejection');
    assert.equal(rejection?.type === 'rejection' && rejection.rejection.code, 'service.certificate_revoked');
    assert.equal((await refreshIn(withStatusList(before, '3', foreign), phone)).status, 200, 'another chain is listed');
  });

  it('revokes the instances of the issuer whose chain is named, and no others', async () => {
    const before = await createTestWorld();
    const [android, ios] = [createTestPhone(before, 'android'), createTestPhone(before, 'ios')];
    for (const phone of [android, ios]) await phone.ask('enrol');
    assert.equal(await revokeListed(before.service, ISSUER.iss), 0, 'there is no list');
    assert.equal(await revokeListed(withStatusList(before, '1', foreign).service, ISSUER.iss), 0);
    const { service } = withStatusList(before, '2', foreign, serial);
    assert.equal(await revokeListed(service, OTHER.iss), 0, 'serials of one issuer mean nothing to another');
    assert.deepEqual([await statusOf(before, android), await statusOf(before, ios)], ['active', 'active']);
    assert.equal(await revokeListed(service, ISSUER.iss), 1);
    assert.deepEqual([await statusOf(before, android), await statusOf(before, ios)], ['revoked', 'active']);
    assert.equal(await revokeListed(service, ISSUER.iss), 0, 'once');
    assert.equal((await refreshIn(before, android)).status, 403);
  });
});

describe('the fact of revocation', () => {
  it('is renewed at each refresh: what was proven at the enrolment is no proof during an outage', async () => {
    const outage = await createTestWorld();
    const well = withStatusList(outage, '1');
    const phone = createTestPhone(well, 'android');
    await phone.ask('enrol');
    const newest = async () => (await outage.store.appraisals(ISSUER.iss, { limit: 1 }))[0];
    const steps = [
      [outage, 'not_checked', 'warning'],
      [well, 'not_listed', 'affirming'],
    ] as const;
    for (const [world, value, tier] of steps) {
      outage.hands.now += 1_000;
      assert.equal((await refreshIn(world, phone)).status, 200);
      const { facts, verdict } = (await newest()) ?? {};
      assert.deepEqual(facts?.chain.revocation, { known: 'proven', value, by: 'android-key' });
      assert.equal(verdict?.tier, tier);
    }
  });
});
