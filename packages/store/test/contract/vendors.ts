import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ReceiptRow, TrustCopy } from '@assay/core';
import type { Engine } from '../engines.ts';
import { digest, NOW, newIssuer } from '../fixtures.ts';
import { describeStore } from './suite.ts';

const WAYS = 50;
const DAY_MS = 86_400_000;

function makeReceipt(iss: string, name: string, change: Partial<ReceiptRow> = {}): ReceiptRow {
  return {
    ...{ iss, app: 'bank', attestedKey: digest(name), lineage: `l ${name}`, environment: 'production' },
    ...{ sealed: `sealed ${name}`, metric: null, metricAt: null, nextAt: NOW, failures: 0 },
    ...change,
  };
}

/** What vendors said, what asking them costs, and what they publish. */
export function vendorContract(engine: Engine): void {
  describeStore(engine, 'vendor answers', (subject) => {
    it('are given again until their end, and the first one stays', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const answer = { iss, tokenHash: digest('token'), answer: '{"verdict":1}', expiresAt: NOW + 600_000 };
      assert.equal(await store.vendorAnswer(iss, answer.tokenHash, NOW), undefined);
      await store.keepVendorAnswer(answer);
      await store.keepVendorAnswer({ ...answer, answer: '{"verdict":2}' });
      assert.deepEqual(await store.vendorAnswer(iss, answer.tokenHash, NOW), answer);
      assert.equal(await store.vendorAnswer(iss, answer.tokenHash, answer.expiresAt), undefined);
      assert.equal(await store.vendorAnswer(newIssuer(), answer.tokenHash, NOW), undefined);
    });
  });

  describeStore(engine, 'vendor quota', (subject) => {
    it('is counted by vendor, period and network, up to its limit', async () => {
      const { store } = subject;
      const key = { iss: newIssuer(), vendor: 'play:bank', period: '2026-01-01', network: '10.0.0.0/16' };
      assert.equal(await store.spendQuota(key, 0), false);
      assert.deepEqual(await store.quotaSpent(key.iss, key.period), []);
      assert.equal(await store.spendQuota(key, 2), true);
      assert.equal(await store.spendQuota(key, 2), true);
      assert.equal(await store.spendQuota(key, 2), false);
      assert.equal(await store.spendQuota(key, 3), true, 'a limit that was raised');
      const reserve = { ...key, network: '(reserve)' };
      assert.equal(await store.spendQuota(reserve, 1), true);
      await store.spendQuota({ ...key, period: '2026-01-01T05' }, 1);
      assert.deepEqual(await store.quotaSpent(key.iss, key.period), [
        { ...reserve, calls: 1 },
        { ...key, calls: 3 },
      ]);
    });

    it(`never exceeds its limit under ${WAYS} calls at once`, async () => {
      const { store } = subject;
      const key = { iss: newIssuer(), vendor: 'play:bank', period: '2026-01-01', network: '(reserve)' };
      const spent = await Promise.all(Array.from({ length: WAYS }, () => store.spendQuota(key, 7)));
      assert.equal(spent.filter(Boolean).length, 7);
      assert.deepEqual(await store.quotaSpent(key.iss, key.period), [{ ...key, calls: 7 }]);
    });

    it('and answers go when their end has come', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const quota = { iss, vendor: 'play:bank', network: '(reserve)' };
      const answer = { iss, answer: '{}', tokenHash: 'ended', expiresAt: NOW };
      await store.keepVendorAnswer(answer);
      await store.keepVendorAnswer({ ...answer, tokenHash: 'kept', expiresAt: NOW + 1 });
      for (const period of ['2025-12-30', '2025-12-30T23', '2025-12-31', '2025-12-31T00', '2026-01-01']) {
        await store.spendQuota({ ...quota, period }, 1);
      }
      await store.expire(NOW);
      assert.equal(await store.vendorAnswer(iss, 'ended', NOW - 1), undefined);
      assert.notEqual(await store.vendorAnswer(iss, 'kept', NOW), undefined);
      const left = async (period: string) => (await store.quotaSpent(iss, period)).length;
      assert.deepEqual(await Promise.all(['2025-12-30', '2025-12-30T23'].map(left)), [0, 0]);
      assert.deepEqual(await Promise.all(['2025-12-31', '2025-12-31T00', '2026-01-01'].map(left)), [1, 1, 1]);
    });
  });

  describeStore(engine, 'receipts', (subject) => {
    it('are kept by attested key and replaced whole', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const first = makeReceipt(iss, 'a');
      await store.putReceipt(first);
      assert.deepEqual(await store.receipt(iss, 'bank', first.attestedKey), first);
      const renewed = { ...first, sealed: 'new', metric: 3, metricAt: NOW, nextAt: NOW + DAY_MS, failures: 1 };
      await store.putReceipt(renewed);
      assert.deepEqual(await store.receipt(iss, 'bank', first.attestedKey), renewed);
      assert.equal(await store.receipt(iss, 'other', first.attestedKey), undefined);
    });

    it('come due oldest first', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const times = { late: NOW, later: NOW + 1, ended: null, early: NOW - 5 };
      for (const [name, nextAt] of Object.entries(times)) await store.putReceipt(makeReceipt(iss, name, { nextAt }));
      const due = async (now: number, limit: number) =>
        (await store.receiptsDue(iss, now, limit)).map((r) => r.lineage);
      assert.deepEqual(await due(NOW, 10), ['l early', 'l late']);
      assert.deepEqual(await due(NOW + 1, 2), ['l early', 'l late']);
      assert.deepEqual(await due(NOW - 6, 2), []);
      await assert.rejects(store.receiptsDue(iss, NOW, 0), { code: 'store.limit_invalid' });
    });

    it('are sealed rows: they page by key and take a new wrapping', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const row = makeReceipt(iss, 'a');
      await store.putReceipt(row);
      const page = await store.sealedRows('receipt', [iss, '', ''], 10);
      assert.deepEqual(page[0], { key: [iss, 'bank', row.attestedKey], sealed: row.sealed });
      const key = [iss, 'bank', row.attestedKey];
      assert.equal(await store.rewrap('receipt', key, 'other', 'new'), false);
      assert.equal(await store.rewrap('receipt', key, row.sealed, 'new'), true);
      assert.equal((await store.receipt(iss, 'bank', row.attestedKey))?.sealed, 'new');
    });
  });

  describeStore(engine, 'trust copies', (subject) => {
    const makeCopy = (source: string, fetchedAt: number, change: Partial<TrustCopy> = {}): TrustCopy => ({
      ...{ source, body: `body ${fetchedAt}`, etag: null, fetchedAt, freshUntil: fetchedAt + 10 },
      ...change,
    });

    it('are the newest that anybody fetched', async () => {
      const { store } = subject;
      const source = newIssuer();
      assert.equal(await store.trustCopy(source), undefined);
      await store.keepTrustCopy(makeCopy(source, NOW, { etag: '"x"' }));
      await store.keepTrustCopy(makeCopy(source, NOW - 1));
      assert.deepEqual(await store.trustCopy(source), makeCopy(source, NOW, { etag: '"x"' }));
      await store.keepTrustCopy(makeCopy(source, NOW, { freshUntil: NOW + 99 }));
      assert.deepEqual(await store.trustCopy(source), makeCopy(source, NOW, { freshUntil: NOW + 99 }));
    });

    it('give way to any where they are from a time that is still to come: a clock was wrong', async () => {
      const { store } = subject;
      const source = newIssuer();
      await store.keepTrustCopy(makeCopy(source, NOW + 30 * 86_400_000));
      await store.keepTrustCopy(makeCopy(source, NOW));
      assert.deepEqual(await store.trustCopy(source), makeCopy(source, NOW));
    });

    it(`never go back under ${WAYS} writers`, async () => {
      const { store } = subject;
      const source = newIssuer();
      const copies = Array.from({ length: WAYS }, (_, index) => makeCopy(source, NOW + ((index * 37) % WAYS)));
      await Promise.all(copies.map((copy) => store.keepTrustCopy(copy)));
      assert.deepEqual(await store.trustCopy(source), makeCopy(source, NOW + WAYS - 1));
    });
  });
}
