import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { ReceiptRow } from '@assay/core';
import { createServer, loadConfig } from '@assay/server';
import type { Service, Vendors } from '@assay/service';
import { createReceiptRenewal } from '../../src/vendors/receipts.ts';

const dir = mkdtempSync(join(tmpdir(), 'assay-renewal-'));
const environments = [{ name: 'dev', kind: 'development' }];
const flags = { origin: 'http://127.0.0.1:1', data: dir, environments, logLevel: 'silent', trustRefresh: 'off' };
const { service, stop } = await createServer(loadConfig(flags, {}, {}), { clock: Date.now, talk: () => {} });
after(async () => {
  await stop();
  rmSync(dir, { recursive: true, force: true });
});

const [iss = ''] = service.issuers.keys();
const DUE: ReceiptRow = {
  ...{ iss, app: 'com.example.gone', attestedKey: 'key', lineage: 'lineage', environment: 'production' },
  ...{ sealed: 'sealed', metric: null, metricAt: null, nextAt: 1, failures: 0 },
};

/** A renewal over this server's store, and what it said. */
function renewal(vendors: Partial<Vendors>) {
  const told: string[] = [];
  const say = (level: string) => (_: unknown, text?: string) => void told.push(`${level}: ${text}`);
  const log = { info: say('info'), warn: say('warn'), error: say('error') };
  const asking: Service = { ...service, vendors: { playKeys: () => undefined, ...vendors } };
  return { told, ...createReceiptRenewal(asking, log) };
}

const appleReceipt = async () => ({ outcome: 'too_early' }) as const;

/** Looks until it is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

describe('renewal in the background', () => {
  it('looks at once, tells what happened by counts, and stops', async () => {
    await service.store.putReceipt(DUE);
    const { start, stop: end, told } = renewal({ appleReceipt });
    start();
    start();
    await until(() => told.length > 0);
    await end();
    await end();
    assert.deepEqual(told, ['info: receipts renewed']);
    assert.equal((await service.store.receipt(iss, DUE.app, DUE.attestedKey))?.nextAt, null);
  });

  it('does nothing where no key for Apple is configured', async () => {
    await service.store.putReceipt(DUE);
    const { start, stop: end, told } = renewal({});
    start();
    await end();
    assert.deepEqual(told, []);
    assert.equal((await service.store.receipt(iss, DUE.app, DUE.attestedKey))?.nextAt, 1);
  });

  it('goes on after a fault of ours', async () => {
    await service.store.putReceipt({ ...DUE, app: 'com.example.bank' });
    const apple = { appIds: ['TEAM123456.com.example.bank'] };
    const bank = { id: 'com.example.bank', label: 'Bank', audiences: ['https://api.example.com'], apple };
    await service.store.register(iss, 'app', 'com.example.bank', JSON.stringify(bank), 0, 1);
    service.registry.forget();
    // The row does not open: it was never sealed.
    const { start, stop: end, told } = renewal({ appleReceipt });
    start();
    await until(() => told.length > 0);
    await end();
    assert.deepEqual(told, ['error: receipts could not be renewed; it is tried again']);
  });
});
