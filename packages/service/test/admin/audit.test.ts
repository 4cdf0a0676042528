import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AuditRow, AuditStore } from '@assay/core';
import { appendAudit, verifyAudit } from '@assay/service';
import { openTestStore, withCode } from '../support/world.ts';

const entry = { actor: 'alice', act: 'app.register', subject: 'com.example.bank', detail: { version: 1 } };
const store = await openTestStore();
const iss = 'https://a.example/t/acme/e/audit';
for (let i = 0; i < 5; i++) await appendAudit(store, () => 1_000 + i, iss, entry);
const rows = await store.audit(iss, 0, 10);

const storeOf = (kept: readonly AuditRow[]): AuditStore => ({
  lastAudit: async () => kept.at(-1),
  appendAudit: async () => false,
  audit: async (_, after, limit) => kept.filter(({ seq }) => seq > after).slice(0, limit),
});
const changed = (at: number, change: Partial<AuditRow>) =>
  rows.map((row, i) => (i === at ? { ...row, ...change } : row));

describe('audit chain', () => {
  it('holds as written', async () => {
    assert.deepEqual(await verifyAudit(store, iss), { rows: 5 });
    assert.deepEqual(await verifyAudit(store, 'https://a.example/t/acme/e/empty'), { rows: 0 });
  });

  const changes: readonly Partial<AuditRow>[] = [
    ...[{ iss: 'https://b.example' }, { at: 7 }, { actor: 'bob' }, { act: 'pins.publish' }, { subject: 'x' }],
    ...[{ detail: '{}' }, { previous: 'x' }, { hash: 'x' }, { seq: 7 }],
  ];
  for (const change of changes) {
    it(`breaks where ${Object.keys(change).join()} is altered`, async () => {
      assert.deepEqual(await verifyAudit(storeOf(changed(2, change)), iss), { rows: 2, brokenAt: 3 });
    });
  }

  it('breaks where a row is dropped, doubled or exchanged', async () => {
    const [a, b, c, d, e] = rows as [AuditRow, AuditRow, AuditRow, AuditRow, AuditRow];
    for (const kept of [
      [a, b, d, e],
      [b, c],
      [a, c, b, d],
      [a, b, { ...b, seq: 3 }, d],
    ]) {
      assert.ok('brokenAt' in (await verifyAudit(storeOf(kept), iss)));
    }
  });

  it('does not show that its end was cut off: the number of rows does', async () => {
    assert.deepEqual(await verifyAudit(storeOf(rows.slice(0, 3)), iss), { rows: 3 });
  });

  it('takes 64 acts at once, each in its place', async () => {
    const busy = `${iss}-busy`;
    await Promise.all(Array.from({ length: 64 }, () => appendAudit(store, () => 1, busy, entry)));
    assert.deepEqual(await verifyAudit(store, busy), { rows: 64 });
  });

  it('gives up when it can never win', async () => {
    await assert.rejects(
      appendAudit(storeOf(rows), () => 1, iss, entry),
      withCode('store.busy'),
    );
  });

  it('keeps members apart', async () => {
    const [one, two] = await Promise.all(
      [
        { ...entry, actor: 'ab', act: 'c' },
        { ...entry, actor: 'a', act: 'bc' },
      ].map((each, i) => appendAudit(store, () => 1, `${iss}-apart-${i}`, each)),
    );
    assert.notEqual(one?.hash, two?.hash);
  });
});
