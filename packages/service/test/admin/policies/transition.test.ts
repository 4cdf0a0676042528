import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planApp } from '@assay/service';
import { APP, createTestPhone, createTestWorld, ISSUER, registerPolicy, withCode } from '../../support/world.ts';

const { iss } = ISSUER;
const PHONES = 12;
/** Refuses every device. */
const CLOSED = `assay: policy/1
name: closed
description: Nobody.
rules:
  - id: nobody
    require: platform == "web"
    otherwise: { tier: contraindicated, code: policy.requirement_unmet }
    why: A test.
assurance:
  - { level: low, when: platform == "web" }
`;

/** A world in which phones were let in, and what a change of their app would have done to them. */
async function createPast() {
  const world = await createTestWorld();
  await registerPolicy(world, 'closed', CLOSED);
  for (let count = 0; count < PHONES; count++) await createTestPhone(world, 'android').ask('enrol');
  world.hands.now += 1_000;
  const stored = await world.store.registered(iss, 'app', APP.package);
  const document = JSON.parse(stored?.value ?? '{}');
  const plan = (change: object) => planApp(world.service, ISSUER, JSON.stringify({ ...document, ...change }));
  return { ...world, plan };
}

describe('what a change of an app would have done', () => {
  it('is told for its policy, its roll-out and its cohorts, and for nothing else', async () => {
    const { plan } = await createPast();
    assert.equal((await plan({ label: 'The bank' })).impact, undefined);
    const { impact } = await plan({ policy: 'closed' });
    assert.deepEqual([impact?.simulated, impact?.newlyRefused, impact?.newlyRefusedShare], [PHONES, PHONES, 1]);
    assert.deepEqual([impact?.perDay, impact?.topCohort?.by, impact?.topCohort?.appraisals], [PHONES, 'model', PHONES]);
    const watched = (await plan({ policy: 'closed', rollout: { stage: 'monitor' } })).impact;
    assert.deepEqual([watched?.newlyRefused, watched?.topCohort], [0, null]);
  });

  it('counts each install in its own share', async () => {
    const { plan } = await createPast();
    const part = async (percent: number) =>
      (await plan({ policy: 'closed', rollout: { stage: 'enforce', percent } })).impact?.newlyRefused ?? -1;
    const counts = await Promise.all([0, 25, 50, 75, 100].map(part));
    assert.deepEqual([counts[0], counts[4]], [0, PHONES]);
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => a - b),
      'who is refused at a share is refused at every larger one',
    );
    const cohorts = [{ name: 'early', policy: 'closed', percent: 100 }];
    assert.equal((await plan({ cohorts })).impact?.newlyRefused, PHONES);
    const past = [{ ...cohorts[0], until: '2020-01-01T00:00:00Z' }];
    assert.equal((await plan({ cohorts: past })).impact?.newlyRefused, 0);
  });

  it('is not asked of a policy that is not there: every install would be locked out', async () => {
    const { plan } = await createPast();
    for (const change of [
      { policy: 'gone' },
      { shadows: ['gone'] },
      { cohorts: [{ name: 'a', policy: 'gone', percent: 1 }] },
    ]) {
      await assert.rejects(plan(change), withCode('service.policy_unknown'));
    }
  });
});
