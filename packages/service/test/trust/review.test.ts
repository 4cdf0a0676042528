import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { type Judge, revokeInstance, revokeListed, type ServiceEvent } from '@assay/service';
import { createTestPhone, createTestWorld, ISSUER, roots, type TestWorld, withStatusList } from '../support/world.ts';

const [{ serial }] = roots.genuine.factory;

async function enrolledAndroid(world: TestWorld) {
  const phone = createTestPhone(world, 'android');
  assert.equal((await phone.ask('enrol')).status, 200);
  const jkt = phone.instance?.jkt ?? '';
  const newest = async () => (await world.store.newestAppraisalOf(ISSUER.iss, jkt)) ?? '';
  const reviews = async () => world.store.reappraisals(ISSUER.iss, await newest());
  return { phone, jkt, reviews };
}

const told = (events: readonly ServiceEvent[]) =>
  events.flatMap((event) => (event.type === 'reappraisal' ? [[event.reappraisal.cause, event.before]] : []));

const broken: Judge = () => {
  throw new ConfigError('policy.evaluation_failed', 'it does not hold');
};

describe('an appraisal whose evidence counts no more', () => {
  it('is judged again when the status list names its chain: once, and told', async () => {
    const world = withStatusList(await createTestWorld(), '1');
    const { jkt, reviews } = await enrolledAndroid(world);
    world.hands.now += 5_000;
    const listed = withStatusList(world, '2', serial);
    assert.equal(await revokeListed(listed.service, ISSUER.iss), 1);
    const [review, ...others] = await reviews();
    assert.deepEqual(others, []);
    assert.ok(review !== undefined);
    const { cause, at, verdict } = review;
    assert.deepEqual([cause, at], ['certificate_revoked', world.hands.now]);
    assert.deepEqual([verdict.tier, verdict.assurance], ['contraindicated', 'none']);
    assert.equal(verdict.reasons[0], 'service.certificate_revoked');
    assert.ok(verdict.trace.length > 0, 'the policy was asked');
    assert.deepEqual(told(world.events), [['certificate_revoked', 'affirming']]);
    assert.equal(await revokeListed(listed.service, ISSUER.iss), 0);
    assert.equal((await world.store.instance(ISSUER.iss, jkt))?.status, 'revoked');
    assert.equal((await reviews()).length, 1);
  });

  it('is written once by replicas that find the same news at once', async () => {
    const world = withStatusList(await createTestWorld(), '1');
    const { reviews } = await enrolledAndroid(world);
    const listed = withStatusList(world, '2', serial);
    await Promise.all([1, 2, 3].map(() => revokeListed(listed.service, ISSUER.iss)));
    assert.equal((await reviews()).length, 1);
    assert.equal(told(world.events).length, 1);
  });

  it('is judged again when an operator revokes the instance', async () => {
    const world = await createTestWorld();
    const { jkt, reviews } = await enrolledAndroid(world);
    assert.equal(await revokeInstance(world.service, 'ann', ISSUER.iss, 'nobody'), false);
    assert.equal(await revokeInstance(world.service, 'ann', ISSUER.iss, jkt), true);
    const [review] = await reviews();
    assert.deepEqual([review?.cause, review?.verdict.reasons[0]], ['instance_revoked', 'service.instance_revoked']);
    assert.equal(await revokeInstance(world.service, 'ann', ISSUER.iss, jkt), true);
    assert.equal((await reviews()).length, 1);
    assert.equal(told(world.events).length, 1);
  });

  it('is refused, and its instance revoked, also when its policy cannot be asked any more', async () => {
    const world = withStatusList(await createTestWorld(), '1');
    const { jkt, reviews } = await enrolledAndroid(world);
    const listed = withStatusList(world, '2', serial);
    assert.equal(await revokeListed(listed.service, ISSUER.iss, broken), 1);
    assert.equal((await world.store.instance(ISSUER.iss, jkt))?.status, 'revoked');
    assert.equal((await reviews())[0]?.verdict.tier, 'contraindicated');
  });

  it('keeps its instance active when the store fails in between: the next run finds it', async () => {
    const world = withStatusList(await createTestWorld(), '1');
    const { jkt, reviews } = await enrolledAndroid(world);
    const listed = withStatusList(world, '2', serial);
    const atomically: typeof world.store.atomically = (act) =>
      world.store.atomically(async (tables) => {
        await act(tables);
        throw new TypeError('cut off');
      });
    const cut = { ...listed.service, store: { ...world.store, atomically } };
    await assert.rejects(revokeListed(cut, ISSUER.iss), TypeError);
    assert.deepEqual([(await world.store.instance(ISSUER.iss, jkt))?.status, (await reviews()).length], ['active', 0]);
    assert.equal(await revokeListed(listed.service, ISSUER.iss), 1);
    assert.equal((await reviews()).length, 1);
  });
});
