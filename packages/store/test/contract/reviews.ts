import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Acceptance, FactsPage, Reappraisal, Store } from '@assay/core';
import type { Engine } from '../engines.ts';
import { enrolment, makeAcceptance, makeInstance, NOW, newIssuer } from '../fixtures.ts';
import { describeStore } from './suite.ts';

async function acceptAt(store: Store, iss: string, at: number, app: string): Promise<string> {
  const acceptance: Acceptance = enrolment(iss, makeInstance(iss, { app }));
  await store.accept({ ...acceptance, appraisal: { ...acceptance.appraisal, at, app } });
  return acceptance.appraisal.id;
}

async function readAll(store: Store, iss: string, page: FactsPage): Promise<readonly string[]> {
  const seen: string[] = [];
  for (let after: string | undefined; ; after = seen.at(-1)) {
    const rows = await store.appraisedFacts(iss, after === undefined ? page : { ...page, after });
    if (rows.length === 0) return seen;
    seen.push(...rows.map(({ id }) => id));
  }
}

/** What simulation reads, and what is judged again. */
export function reviewContract(engine: Engine): void {
  describeStore(engine, 'appraised facts', (subject) => {
    it('come oldest first, page by page, of one app or all, within their span', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const made: string[] = [];
      // Two of each time: a page may end between them.
      for (let step = 0; step < 10; step++) {
        made.push(await acceptAt(store, iss, NOW + Math.floor(step / 2), step % 3 === 0 ? 'shop' : 'bank'));
      }
      await acceptAt(store, newIssuer(), NOW, 'bank');
      for (const limit of [1, 3, 100]) {
        const span = { from: NOW + 1, to: NOW + 4, limit };
        assert.deepEqual(await readAll(store, iss, span), made.slice(2, 8));
        const ofShop = [made[3], made[6]];
        assert.deepEqual(await readAll(store, iss, { ...span, app: 'shop' }), ofShop);
      }
      assert.deepEqual(await readAll(store, iss, { from: NOW, to: NOW, limit: 10 }), []);
      const strange = { from: NOW, to: NOW + 10, limit: 10, after: 'none' };
      assert.deepEqual(await store.appraisedFacts(iss, strange), []);
      const before = { from: NOW + 3, to: NOW + 10, limit: 10, after: made[0] ?? '' };
      assert.deepEqual(await store.appraisedFacts(iss, before), []);
      await assert.rejects(store.appraisedFacts(iss, { from: 0, to: NOW, limit: 0 }), { code: 'store.limit_invalid' });
    });

    it('are those of the appraisal', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const acceptance = enrolment(iss);
      await store.accept(acceptance);
      const { id, at, app, purpose, platform, lineage, facts, verdict } = acceptance.appraisal;
      const [found] = await store.appraisedFacts(iss, { from: NOW, to: NOW + 1, limit: 1 });
      assert.deepEqual(found, { id, at, app, purpose, platform, lineage, facts, verdict });
    });
  });

  describeStore(engine, 'reviews', (subject) => {
    it('begin at the newest appraisal of an instance', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const instance = makeInstance(iss);
      assert.equal(await store.newestAppraisalOf(iss, instance.jkt), undefined);
      await store.accept(enrolment(iss, instance));
      const refresh = makeAcceptance(iss, { kind: 'refresh', jkt: instance.jkt, fat: NOW });
      await store.accept(refresh);
      await store.accept(enrolment(iss));
      assert.equal(await store.newestAppraisalOf(iss, instance.jkt), refresh.appraisal.id);
    });

    it('stay beside what they judged again, in order', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const acceptance = enrolment(iss);
      await store.accept(acceptance);
      const verdict = { ...acceptance.appraisal.verdict, tier: 'contraindicated', assurance: 'none' } as const;
      const row = (id: string, at: number): Reappraisal => ({
        ...{ iss, id, appraisal: acceptance.appraisal.id, at, cause: 'certificate_revoked', verdict },
      });
      assert.deepEqual(await store.reappraisals(iss, acceptance.appraisal.id), []);
      assert.equal(await store.addReappraisal(row('b', NOW)), true);
      assert.equal(await store.addReappraisal(row('a', NOW + 1)), true);
      assert.equal(await store.addReappraisal(row('a', NOW + 2)), false);
      assert.deepEqual(await store.reappraisals(iss, acceptance.appraisal.id), [row('b', NOW), row('a', NOW + 1)]);
      assert.deepEqual(await store.appraisal(iss, acceptance.appraisal.id), acceptance.appraisal, 'it stays as it was');
    });
  });

  describeStore(engine, 'what a refresh replaces', (subject) => {
    it('facts, where it brings newer ones', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const instance = makeInstance(iss);
      await store.accept(enrolment(iss, instance));
      const facts = { ...instance.facts, degraded: ['play_unavailable'] };
      for (const change of [{ facts }, {}, { counter: 1 }]) {
        await store.accept(makeAcceptance(iss, { kind: 'refresh', jkt: instance.jkt, fat: NOW, ...change }));
        assert.deepEqual((await store.instance(iss, instance.jkt))?.facts, facts);
      }
      const change = { kind: 'refresh', jkt: instance.jkt, fat: NOW, counter: 2, facts: instance.facts } as const;
      await store.accept(makeAcceptance(iss, change));
      assert.deepEqual((await store.instance(iss, instance.jkt))?.facts, instance.facts);
    });

    it('reporters, where it names them', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const instance = makeInstance(iss, { reporters: ['freerasp'] });
      await store.accept(enrolment(iss, instance));
      const after = async (change: { reporters?: readonly string[]; counter?: number }) => {
        const refresh = makeAcceptance(iss, { kind: 'refresh', jkt: instance.jkt, fat: NOW, ...change });
        assert.equal((await store.accept(refresh)).outcome, 'accepted');
        return (await store.instance(iss, instance.jkt))?.reporters;
      };
      assert.deepEqual(await after({}), ['freerasp']);
      assert.deepEqual(await after({ reporters: ['freerasp', 'jail-monkey'] }), ['freerasp', 'jail-monkey']);
      assert.deepEqual(await after({ counter: 1 }), ['freerasp', 'jail-monkey']);
      assert.deepEqual(await after({ counter: 2, reporters: [] }), []);
    });
  });
}
