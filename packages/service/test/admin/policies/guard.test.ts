import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { presetOf } from '@assay/policy';
import { applyApp, applyPlan, approveProposal, planApp, planPolicy, policyOf } from '@assay/service';
import { APP, createTestService, createTestWorld, ISSUER, registerPolicy, withCode } from '../../support/world.ts';

const { iss } = ISSUER;
const textOf = (name: string): string => (presetOf('strict')?.source ?? '').replace(/^name: .*$/m, `name: ${name}`);
/** Without its rule about the bootloader. */
const laxOf = (name: string): string => textOf(name).replace(/^ {2}- id: android\.locked\n(?: {4}.*\n)+/m, '');

/** An app that asks for two persons, its policy, and another one that is as strict and judges nobody. */
async function createGuarded() {
  const world = await createTestWorld({ policy: 'house', twoPersons: true });
  const { service, store } = world;
  for (const name of ['house', 'other']) await registerPolicy(world, name, textOf(name));
  const document = JSON.parse((await store.registered(iss, 'app', APP.package))?.value ?? '{}');
  return {
    ...world,
    plan: (name: string, source: string) => planPolicy(service, ISSUER, name, source),
    planAppOf: (change: object) => planApp(service, ISSUER, JSON.stringify({ ...document, ...change })),
    apply: (plan: Awaited<ReturnType<typeof planPolicy>>) => applyPlan(service, 'ann', ISSUER, plan),
    register: (plan: Awaited<ReturnType<typeof planApp>>) => applyApp(service, 'ann', ISSUER, plan, undefined),
  };
}

describe('what one person alone cannot loosen', () => {
  it('is compared with what is in force, also where another replica made it stricter a moment ago', async () => {
    const world = await createGuarded();
    const { service, store, hands, plan, apply } = world;
    await registerPolicy(world, 'house', laxOf('house'));
    const there = createTestService(store, hands, service.kek).service;
    assert.equal((await policyOf(there, iss, 'house')).version, 2);
    assert.deepEqual(await apply(await plan('house', textOf('house'))), { version: 3 });
    const { diff, before, guarded } = await planPolicy(there, ISSUER, 'house', laxOf('house'));
    assert.deepEqual([before?.version, diff.loosens, guarded], [3, 'yes', [APP.package]]);
  });

  it('is also a policy that waits in a proposal for the second person: it stays what he looks at', async () => {
    const { service, hands, plan, planAppOf, register } = await createGuarded();
    assert.deepEqual((await plan('other', laxOf('other'))).guarded, []);
    const proposed = await register(
      await planAppOf({ policy: 'other', releases: [{ build: '7', at: '2026-11-01T00:00:00Z' }] }),
    );
    assert.ok('proposal' in proposed);
    assert.deepEqual((await plan('other', laxOf('other'))).guarded, [APP.package]);
    await approveProposal(service, 'bob', ISSUER, proposed.proposal);
    assert.equal((await policyOf(service, iss, 'other')).version, 1);
    hands.now += 8 * 86_400_000;
    assert.deepEqual((await plan('house', laxOf('house'))).guarded, [], 'nobody is judged by it any more');
  });

  it('is no policy any more for a proposal that has lapsed', async () => {
    const { hands, plan, planAppOf, register } = await createGuarded();
    await register(await planAppOf({ policy: 'other', twoPersons: false }));
    hands.now += 7 * 86_400_000;
    assert.deepEqual((await plan('other', laxOf('other'))).guarded, []);
  });

  it('is not brought in by two changes at once, each of which is harmless alone', async () => {
    const first = await createGuarded();
    const lax = await first.plan('other', laxOf('other'));
    const app = await first.planAppOf({ policy: 'other' });
    assert.deepEqual([lax.guarded, app.loosens], [[], []]);
    await first.apply(lax);
    await assert.rejects(first.register(app), withCode('service.conflict'));

    const second = await createGuarded();
    const [laxer, other] = [await second.plan('other', laxOf('other')), await second.planAppOf({ policy: 'other' })];
    await second.register(other);
    await assert.rejects(second.apply(laxer), withCode('service.conflict'));
    assert.equal((await second.store.newestPolicy(iss, 'other'))?.version, 1, 'and nothing of it is written');
  });

  it('is not what only tightens, whoever is judged by it', async () => {
    const { plan, apply, planAppOf, register } = await createGuarded();
    await apply(await plan('other', `${textOf('other')}\n# second\n`));
    assert.deepEqual(await register(await planAppOf({ policy: 'other' })), { version: 2 });
    assert.deepEqual(await apply(await plan('other', `${textOf('other')}\n# third\n`)), { version: 3 });
  });
});

describe('a text that is in force already', () => {
  it('becomes no new version, and a rollback to it does', async () => {
    const { service, store, plan, apply } = await createGuarded();
    assert.deepEqual(await apply(await plan('house', textOf('house'))), { version: 1 });
    assert.equal((await store.newestPolicy(iss, 'house'))?.version, 1);
    const back = await plan('house', textOf('house'));
    assert.deepEqual(await applyPlan(service, 'ann', ISSUER, back, { restores: 1 }), { version: 2 });
  });
});
