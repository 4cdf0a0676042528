import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Engine } from '../engines.ts';
import { DAY, enrolment, makeAcceptance, makeInstance, NOW, newIssuer } from '../fixtures.ts';
import { describeStore } from './suite.ts';

const DAY_MS = 86_400_000;

/** What stays, what pages, what ends. */
export function lastingContract(engine: Engine): void {
  describeStore(engine, 'lasting', (subject) => {
    it('answers a ping and names its engine', async () => {
      await subject.store.ping();
      assert.equal(subject.store.engine, engine.name);
    });

    it('is there after the store was closed and opened again', async () => {
      const acceptance = enrolment(newIssuer());
      const first = await subject.database.open();
      await first.accept(acceptance);
      await first.close();
      const second = await subject.database.open();
      const { iss, appraisal } = acceptance;
      assert.deepEqual(await second.appraisal(iss, appraisal.id), appraisal);
      await second.close();
    });

    it('opens many times at once on a new database', async () => {
      const database = await engine.createDatabase();
      const stores = await Promise.all(Array.from({ length: 4 }, () => database.open()));
      const iss = newIssuer();
      await Promise.all(stores.map((store) => store.accept(enrolment(iss))));
      assert.equal((await stores[0]?.appraisals(iss, { limit: 10 }))?.length, 4);
      await Promise.all(stores.map((store) => store.close()));
      await database.drop();
    });

    it('answers what was handed in before it closes', async () => {
      const store = await subject.database.open();
      const iss = newIssuer();
      const pending = Array.from({ length: 20 }, () => store.accept(enrolment(iss)));
      const closed = store.close();
      const settled = await Promise.all(pending);
      await closed;
      assert.ok(settled.every(({ outcome }) => outcome === 'accepted'));
      assert.equal((await subject.store.appraisals(iss, { limit: 100 })).length, 20);
    });

    it('pages newest first, without gaps', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const made: string[] = [];
      for (let count = 0; count < 7; count++) {
        const acceptance = enrolment(iss);
        made.unshift(acceptance.appraisal.id);
        await store.accept(acceptance);
      }
      const seen: string[] = [];
      let page = await store.appraisals(iss, { limit: 3 });
      while (page.length > 0) {
        seen.push(...page.map(({ id }) => id));
        page = await store.appraisals(iss, { limit: 3, before: seen.at(-1) ?? '' });
      }
      assert.deepEqual(seen, made);
      for (const limit of [0, -1, 1.5, 1001, Number.NaN]) {
        await assert.rejects(store.appraisals(iss, { limit }), { code: 'store.limit_invalid' });
      }
    });

    it('deletes what has ended, and only that', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const kept = { ...enrolment(iss), retained: { sealed: 'kept', until: NOW + 2 * DAY_MS } };
      const instance = makeInstance(iss);
      const [lineage, secret] = [instance.lineage, 'maps'];
      const ended = {
        ...makeAcceptance(iss, { kind: 'enrol', instance }),
        retained: { sealed: 'ended', until: NOW + DAY_MS },
        deliveries: [{ lineage, secret, version: 1, day: DAY, max: 1 }],
      };
      await store.accept({ ...kept, redemption: { ...kept.redemption, expiresAt: NOW + DAY_MS + 1 } });
      await store.accept({ ...ended, redemption: { ...ended.redemption, expiresAt: NOW + DAY_MS } });
      await store.expire(NOW + DAY_MS);
      assert.equal(await store.repeat(iss, ended.redemption, 3), undefined);
      assert.equal(await store.retained(iss, ended.appraisal.id), undefined);
      assert.deepEqual(await store.repeat(iss, kept.redemption, 3), kept.appraisal);
      assert.deepEqual(await store.retained(iss, kept.appraisal.id), kept.retained);
      assert.deepEqual(await store.appraisal(iss, ended.appraisal.id), ended.appraisal, 'decisions stay');
      const again = makeAcceptance(iss, { kind: 'refresh', jkt: instance.jkt, fat: NOW });
      const full = await store.accept({ ...again, deliveries: ended.deliveries });
      assert.deepEqual(full, { outcome: 'accepted', delivered: [] }, 'counts of yesterday stay');
      assert.ok((await store.expire(NOW + 3 * DAY_MS)) > 0);
      assert.equal(await store.expire(NOW + 3 * DAY_MS), 0);
    });

    it('deletes more than one batch', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const ended = Array.from({ length: 550 }, () => enrolment(iss));
      await Promise.all(ended.map((acceptance) => store.accept(acceptance)));
      assert.ok((await store.expire(NOW + DAY_MS)) >= 550);
    });
  });
}
