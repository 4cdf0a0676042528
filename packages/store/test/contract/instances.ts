import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Instance, Store } from '@assay/core';
import type { Engine } from '../engines.ts';
import { enrolment, makeAcceptance, makeInstance, NOW, newIssuer } from '../fixtures.ts';
import { describeStore } from './suite.ts';

async function enrolled(store: Store, iss: string, change: Partial<Instance> = {}): Promise<Instance> {
  const instance = makeInstance(iss, change);
  assert.equal((await store.accept(enrolment(iss, instance))).outcome, 'accepted');
  return instance;
}

/** Refresh and rekey: what becomes of an instance. */
export function instanceContract(engine: Engine): void {
  describeStore(engine, 'instances', (subject) => {
    it('refreshes by the instance key: only the freshness moves, and never back', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const instance = await enrolled(store, iss);
      for (const fat of [NOW + 10, NOW + 5]) {
        const refresh = makeAcceptance(iss, { kind: 'refresh', jkt: instance.jkt, fat });
        assert.equal((await store.accept(refresh)).outcome, 'accepted');
      }
      assert.deepEqual(await store.instance(iss, instance.jkt), { ...instance, fat: NOW + 10 });
    });

    it('lets the counter only rise', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const { jkt } = await enrolled(store, iss);
      const refresh = async (counter: number) =>
        (await store.accept(makeAcceptance(iss, { kind: 'refresh', jkt, counter, fat: NOW }))).outcome;
      assert.equal(await refresh(0), 'counter_replayed');
      assert.equal(await refresh(7), 'accepted');
      assert.equal(await refresh(7), 'counter_replayed');
      assert.equal(await refresh(4_294_967_295), 'accepted');
      assert.equal(await refresh(8), 'counter_replayed');
    });

    it('tells unknown from revoked, and leaves the challenge unused', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const { jkt } = await enrolled(store, iss);
      const unknown = makeAcceptance(iss, { kind: 'refresh', jkt: makeInstance(iss).jkt, counter: 1, fat: NOW });
      assert.deepEqual(await store.accept(unknown), { outcome: 'instance_unknown' });
      for (const status of ['revoked', 'banned', 'superseded'] as const) {
        await store.setInstanceStatus(iss, jkt, status);
        const refresh = makeAcceptance(iss, { kind: 'refresh', jkt, counter: 1, fat: NOW });
        assert.deepEqual(await store.accept(refresh), { outcome: 'instance_revoked' });
        assert.equal(await store.repeat(iss, refresh.redemption, 3), undefined);
      }
      assert.equal(await store.setInstanceStatus(iss, 'nobody', 'revoked'), false);
    });

    it('rekeys to a new attested key in the same lineage', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const old = await enrolled(store, iss);
      const instance = makeInstance(iss, { lineage: old.lineage });
      const rekey = makeAcceptance(iss, { kind: 'rekey', old: old.jkt, instance });
      assert.equal((await store.accept(rekey)).outcome, 'accepted');
      assert.equal((await store.instance(iss, old.jkt))?.status, 'superseded');
      assert.deepEqual(await store.instance(iss, instance.jkt), instance);
      const retired = enrolment(iss, makeInstance(iss, { attestedKey: old.attestedKey }));
      assert.deepEqual(await store.accept(retired), { outcome: 'key_registered' });
    });

    it('hands the attested key on with its counter', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const old = await enrolled(store, iss, { counter: 3 });
      const { attestedKey, lineage } = old;
      const rekey = (counter: number) =>
        makeAcceptance(iss, {
          kind: 'rekey',
          old: old.jkt,
          counter,
          instance: makeInstance(iss, { attestedKey, lineage }),
        });
      assert.deepEqual(await store.accept(rekey(3)), { outcome: 'counter_replayed' });
      const accepted = rekey(9);
      assert.equal((await store.accept(accepted)).outcome, 'accepted');
      assert.equal((await store.instance(iss, accepted.appraisal.jkt))?.counter, 9);
      assert.deepEqual(await store.accept(rekey(10)), { outcome: 'instance_revoked' });
    });

    it('does not rekey to an attested key of another lineage, nor out of its own', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const old = await enrolled(store, iss);
      const stranger = await enrolled(store, iss);
      const { lineage } = old;
      const stolen = makeInstance(iss, { lineage, attestedKey: stranger.attestedKey });
      const rekey = makeAcceptance(iss, { kind: 'rekey', old: old.jkt, instance: stolen });
      assert.deepEqual(await store.accept(rekey), { outcome: 'key_registered' });
      const drifting = makeAcceptance(iss, { kind: 'rekey', old: old.jkt, instance: makeInstance(iss) });
      await assert.rejects(store.accept(drifting), TypeError);
      assert.deepEqual(await store.instance(iss, old.jkt), old);
      const unknown = makeAcceptance(iss, { kind: 'rekey', old: 'nobody', instance: makeInstance(iss, { lineage }) });
      assert.deepEqual(await store.accept(unknown), { outcome: 'instance_unknown' });
    });

    it('finds active instances by a certificate serial', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const one = await enrolled(store, iss, { serialHmacs: ['batch', 'one'] });
      const two = await enrolled(store, iss, { serialHmacs: ['batch'] });
      assert.deepEqual(await store.instancesBySerial(iss, 'batch'), [one.jkt, two.jkt].toSorted());
      await store.setInstanceStatus(iss, two.jkt, 'revoked');
      assert.deepEqual(await store.instancesBySerial(iss, 'batch'), [one.jkt]);
      assert.deepEqual(await store.instancesBySerial(newIssuer(), 'batch'), []);
    });
  });
}
