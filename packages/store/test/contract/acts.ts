import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ActStore, AuditRow, KeyRow, SealedRow } from '@assay/core';
import type { Engine } from '../engines.ts';
import { enrolment, makeInstance, NOW, newIssuer } from '../fixtures.ts';
import { describeStore } from './suite.ts';

const keyOf = (iss: string, kid: string): KeyRow => ({
  ...{
    iss,
    use: 'token',
    kid,
    state: 'next',
    publicJwk: '{}',
    sealed: `sealed ${kid}`,
    createdAt: NOW,
    changedAt: NOW,
  },
});
const auditOf = (iss: string, seq: number): AuditRow => ({
  ...{ iss, seq, at: NOW, actor: 'ann', act: 'keys.rotate', subject: 'token', detail: '{}' },
  ...{ previous: `h${seq - 1}`, hash: `h${seq}` },
});

/** What several writes of one act have in common, and what a change of the key-encryption key reads. */
export function actContract(engine: Engine): void {
  describeStore(engine, 'acts', (subject) => {
    it('are whole: what they wrote is there together', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const seen = await store.atomically(async (tables) => {
        await tables.addKey(keyOf(iss, 'a'));
        await tables.appendAudit(auditOf(iss, 1));
        return [(await tables.keys(iss, 'token')).length, (await tables.lastAudit(iss))?.seq];
      });
      assert.deepEqual(seen, [1, 1], 'an act reads what it wrote');
      assert.equal((await store.keys(iss, 'token')).length, 1);
      assert.deepEqual(await store.lastAudit(iss), auditOf(iss, 1));
    });

    it('leave nothing when they fail, and nobody saw them meanwhile', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const act = async (tables: ActStore) => {
        await tables.addKey(keyOf(iss, 'a'));
        await tables.register(iss, 'app', 'bank', '{}', 0, NOW);
        await tables.addPinSet({
          iss,
          app: 'bank',
          epoch: 1,
          version: 1,
          hash: 'h',
          document: '{}',
          publishedAt: NOW,
        });
        throw new TypeError('the audit row cannot be written');
      };
      await assert.rejects(store.atomically(act), TypeError);
      assert.deepEqual(await store.keys(iss, 'token'), []);
      assert.equal(await store.registered(iss, 'app', 'bank'), undefined);
      assert.equal(await store.newestPinSet(iss, 'bank'), undefined);
    });

    it('that append to one chain at once all find their place', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const append = (kid: string) =>
        store.atomically(async (tables) => {
          await tables.addKey(keyOf(iss, kid));
          for (;;) {
            const seq = ((await tables.lastAudit(iss))?.seq ?? 0) + 1;
            if (await tables.appendAudit(auditOf(iss, seq))) return seq;
          }
        });
      const places = await Promise.all(Array.from({ length: 16 }, (_, index) => append(String(index))));
      assert.deepEqual(
        places.toSorted((a, b) => a - b),
        Array.from({ length: 16 }, (_, index) => index + 1),
      );
    });

    it('sealed rows come in pages by their key, and change from the form that was read', async () => {
      const { store } = subject;
      const iss = newIssuer();
      for (const kid of ['a', 'b', 'c']) await store.addKey(keyOf(iss, kid));
      for (const version of [2, 9, 10]) {
        const secret = { iss, app: 'bank', name: 'maps', version, rule: '{}', createdAt: NOW };
        await store.addSecret({ ...secret, sealed: `sealed ${version}` });
      }
      const acceptance = { ...enrolment(iss, makeInstance(iss)), retained: { sealed: 'sealed e', until: NOW } };
      assert.equal((await store.accept(acceptance)).outcome, 'accepted');
      const all = async (kind: 'key' | 'secret' | 'evidence') => {
        const found: SealedRow[] = [];
        for (;;) {
          const page = await store.sealedRows(kind, found.at(-1)?.key, 1);
          if (page.length === 0) return found.filter(({ key }) => key[0] === iss);
          found.push(...page);
        }
      };
      assert.deepEqual(await all('key'), [
        { key: [iss, 'token', 'a'], sealed: 'sealed a' },
        { key: [iss, 'token', 'b'], sealed: 'sealed b' },
        { key: [iss, 'token', 'c'], sealed: 'sealed c' },
      ]);
      assert.deepEqual(
        (await all('secret')).map(({ key }) => key[3]),
        [2, 9, 10],
      );
      const [kept] = await all('evidence');
      assert.deepEqual(kept, { key: [iss, acceptance.appraisal.id], sealed: 'sealed e' });
      assert.equal(await store.rewrap('evidence', kept?.key ?? [], 'other', 'new'), false);
      assert.equal(await store.rewrap('evidence', kept?.key ?? [], 'sealed e', 'new'), true);
      assert.equal((await store.retained(iss, acceptance.appraisal.id))?.sealed, 'new');
      await assert.rejects(store.sealedRows('key', undefined, 0), { code: 'store.limit_invalid' });
    });
  });
}
