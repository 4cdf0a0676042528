/** Attacks on what is decided after the evidence holds: shares of a roll-out, and bans. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Order } from '@assay/core';
import { applyApp, applyPlan, planApp, planPolicy, type Service } from '@assay/service';
import { APP, createPhone, ENGINES, type Platform, type RunningServer, register, type Site } from './support/world.ts';

const [STRICT, LAX] = ['device.locked && platform == "android"', 'platform == "android"'];
const policyText = (name: string, holds: string): string => `assay: policy/1
name: ${name}
description: A test.
rules:
  - { id: a, require: '${holds}', otherwise: { tier: contraindicated, code: policy.requirement_unmet }, why: A test. }
assurance:
  - { level: high, when: key.protection == "hardware" }
`;

for (const engine of ENGINES) {
  describe(`decisions of a server over ${engine.name}`, { skip: engine.skip }, () => {
    let site: Site;
    let one: RunningServer;
    let two: RunningServer;

    before(async () => {
      site = await engine.createSite();
      one = await site.start();
      two = await site.start();
      await register(one);
    });
    after(() => site.remove());

    /** Changes the registered app, at both replicas. */
    async function change(members: object): Promise<void> {
      const { store, clock } = one.server.service;
      const stored = await store.registered(one.iss, 'app', APP.package);
      assert.ok(stored !== undefined);
      const json = JSON.stringify({ ...JSON.parse(stored.value), ...members });
      assert.ok(await store.register(one.iss, 'app', APP.package, json, stored.version, clock()));
      for (const { server } of [one, two]) server.service.registry.forget();
    }

    async function ban(value: string): Promise<Order> {
      const { store, clock } = one.server.service;
      const at = clock();
      const order: Order = {
        ...{ iss: one.iss, id: `${at}-${value}`, effect: 'ban', target: 'lineage', value, app: null, policy: null },
        ...{ reason: 'a test', author: 'ann', createdAt: at, expiresAt: null, endedAt: null },
      };
      assert.ok(await store.addOrder(order));
      return order;
    }

    const newest = async () => (await one.server.service.store.appraisals(one.iss, { limit: 1 }))[0];

    it('attack 44: new keys of one device find no other share of a roll-out, whichever replica is asked', async () => {
      await change({ rollout: { stage: 'enforce', percent: 50 } });
      try {
        const statuses: number[] = [];
        for (let index = 0; index < 24; index++) {
          const phone = createPhone(index % 2 ? one : two, 'android', { faults: ['unlocked-bootloader'] });
          statuses.push((await phone.ask('enrol')).status);
        }
        assert.equal(new Set(statuses).size, 1, statuses.join(' '));
      } finally {
        await change({ rollout: { stage: 'enforce' } });
      }
    });

    it('attack 48: two changes at once, at two replicas, loosen no policy that asks for two persons', async () => {
      const [here, there] = [one.server.service, two.server.service];
      const issuer = here.issuers.get(one.iss);
      assert.ok(issuer !== undefined);
      const apply = async (at: Service, name: string, source: string) =>
        applyPlan(at, 'ann', issuer, await planPolicy(at, issuer, name, source));
      await apply(here, 'house', policyText('house', STRICT));
      for (let round = 0; round < 8; round++) {
        const name = `other-${round}`;
        await apply(here, name, policyText(name, STRICT));
        await change({ policy: 'house', twoPersons: true });
        const stored = await here.store.registered(one.iss, 'app', APP.package);
        const document = { ...JSON.parse(stored?.value ?? ''), policy: name };
        const app = await planApp(here, issuer, JSON.stringify(document));
        const policy = await planPolicy(there, issuer, name, policyText(name, LAX));
        assert.deepEqual([app.loosens, policy.guarded], [[], []], 'each is harmless alone');
        const outcomes: readonly PromiseSettledResult<unknown>[] = await Promise.allSettled([
          applyApp(here, 'ann', issuer, app, undefined),
          applyPlan(there, 'ann', issuer, policy),
        ]);
        assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1, `round ${round}`);
      }
      await change({ policy: 'strict', twoPersons: false });
    });

    for (const platform of ['ios', 'android'] satisfies Platform[]) {
      it(`${platform}: attack 45, a ban is not shed by a rekey, at either replica`, async () => {
        const phone = createPhone(one, platform);
        assert.equal((await phone.ask('enrol')).status, 200);
        const { lineage = '' } = (await newest()) ?? {};
        await ban(lineage);
        for (const at of [one, two]) {
          const { status, reply } = await phone.send(await phone.prepare('refresh'), at);
          assert.ok(status === 403 && reply?.result === 'refused' && reply.action === 'stop', String(status));
        }
        const rekey = await phone.prepare('rekey');
        assert.equal((await phone.send(rekey)).status, 403);
        phone.instance = rekey.instance;
        assert.equal((await phone.ask('refresh')).status, 403, 'the new key is of the banned lineage');
        assert.equal((await newest())?.lineage, lineage);
        const reinstalled = createPhone(one, platform);
        assert.equal((await reinstalled.ask('enrol')).status, 200, 'as documented: a reinstall is a new install');
        assert.notEqual((await newest())?.lineage, lineage);
      });
    }
  });
}
