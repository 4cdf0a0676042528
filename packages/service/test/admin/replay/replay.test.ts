import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { presetOf } from '@assay/policy';
import { replayAppraisal, retainedEvidence } from '@assay/service';
import {
  createTestPhone,
  createTestWorld,
  ISSUER,
  type Platform,
  registerApp,
  registerPolicy,
  type TestWorld,
  withCode,
  withStatusList,
} from '../../support/world.ts';

const { iss } = ISSUER;
const KEEPING = { retainEvidenceDays: 2 };

async function newest({ store }: TestWorld) {
  const [appraisal] = await store.appraisals(iss, { limit: 1 });
  assert.ok(appraisal !== undefined);
  return appraisal;
}

const replay = ({ service }: TestWorld, id: string) => replayAppraisal(service, 'ann', ISSUER, id);

describe('a decision is made again', () => {
  const platforms: readonly Platform[] = ['ios', 'android'];
  for (const platform of platforms) {
    for (const [name, app, mode] of [
      ['from kept evidence', KEEPING, 'reverified'],
      ['from stored facts', {}, 'reevaluated'],
    ] as const) {
      it(`${name}, on ${platform}: enrolment and refresh`, async () => {
        const world = await createTestWorld(app);
        const phone = createTestPhone(world, platform);
        for (const purpose of ['enrol', 'refresh'] as const) {
          await phone.ask(purpose);
          const { id } = await newest(world);
          world.hands.now += 3_600_000;
          const made = await replay(world, id);
          assert.deepEqual([made.mode, made.same, made.differences], [mode, true, []], purpose);
        }
      });
    }
  }

  it('with the policy of then, not with that of now', async () => {
    const text = (presetOf('strict')?.source ?? '').replace(/^name: .*$/m, 'name: house');
    const world = await createTestWorld({ ...KEEPING, policy: 'house' });
    await registerPolicy(world, 'house', text);
    await createTestPhone(world, 'android').ask('enrol');
    const { id, verdict } = await newest(world);
    await registerPolicy(world, 'house', text.replace('device.locked', '!device.locked'));
    const made = await replay(world, id);
    assert.deepEqual([made.policy, made.same, verdict.policy], ['house@1', true, 'house@1']);
  });

  it('with the status list of then, and says when that is not here any more', async () => {
    const world = await createTestWorld(KEEPING);
    const then = withStatusList(world, 'monday');
    await createTestPhone(then, 'android').ask('enrol');
    const { id, record } = await newest(world);
    assert.equal(record.statusListVersion, 'monday');
    const now = withStatusList(world, 'tuesday', 5n);
    for (const [place, notes] of [
      [then, 0],
      [now, 1],
      [world, 1],
    ] as const) {
      const made = await replay(place, id);
      assert.deepEqual([made.mode, made.same, made.notes.length], ['reverified', true, notes]);
    }
  });

  it('by its stored facts alone once the evidence has been deleted, or its app is gone', async () => {
    const world = await createTestWorld(KEEPING);
    await createTestPhone(world, 'android').ask('enrol');
    const { id } = await newest(world);
    world.hands.now += 2 * 86_400_000;
    assert.equal((await replay(world, id)).mode, 'reevaluated');
  });

  it('and differs where the app would not have been believed: its signer was changed since', async () => {
    const world = await createTestWorld(KEEPING);
    await createTestPhone(world, 'android').ask('enrol');
    const { id, app } = await newest(world);
    const signers = [{ sha256: 'cd'.repeat(32), label: 'another' }];
    await registerApp(world, iss, { ...KEEPING, android: { packages: [{ name: app, signers }] } });
    const made = await replay(world, id);
    assert.deepEqual([made.mode, made.same, made.again.tier], ['reverified', false, 'none']);
    assert.match(made.again.reasons[0] ?? '', /^android/);
  });

  it('and changes nothing but the audit chain', async () => {
    const world = await createTestWorld(KEEPING);
    const { store } = world;
    const phone = createTestPhone(world, 'ios');
    await phone.ask('enrol');
    await phone.ask('refresh');
    const { id, jkt } = await newest(world);
    const state = async () =>
      JSON.stringify([
        await store.instance(iss, jkt),
        await store.appraisals(iss, { limit: 9 }),
        await store.grants(iss),
      ]);
    const before = await state();
    await replay(world, id);
    assert.equal(await state(), before);
    assert.deepEqual(
      [(await store.lastAudit(iss))?.act, (await store.lastAudit(iss))?.subject],
      ['appraisal.replay', id],
    );
  });

  it('and tells evidence that is not that of the appraisal from evidence that does not hold', async () => {
    const world = await createTestWorld(KEEPING);
    const phone = createTestPhone(world, 'android');
    await phone.ask('enrol');
    const first = await newest(world);
    const kept = await retainedEvidence(world.service, iss, first.id);
    assert.ok(kept !== undefined);
    const store = { ...world.store, appraisal: async () => ({ ...first, requestHash: 'A'.repeat(43) }) };
    const altered = { ...world, service: { ...world.service, store } };
    await assert.rejects(replay(altered, first.id), withCode('service.evidence_altered'));
  });

  it('only where there is one, and its policy is here', async () => {
    const world = await createTestWorld();
    await assert.rejects(replay(world, '0'.repeat(32)), withCode('service.appraisal_unknown'));
    await createTestPhone(world, 'android').ask('enrol');
    const appraisal = await newest(world);
    for (const policy of ['strict@99', 'gone@1', '@', 'strict']) {
      const store = {
        ...world.store,
        appraisal: async () => ({ ...appraisal, verdict: { ...appraisal.verdict, policy } }),
      };
      const place = { ...world, service: { ...world.service, store } };
      await assert.rejects(replay(place, appraisal.id), withCode('service.policy_version_unknown'), policy);
    }
  });
});
