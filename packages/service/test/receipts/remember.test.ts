import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toBase64url } from '@assay/formats';
import { riskMetricOf } from '../../src/receipts/metric.ts';
import { rememberReceipt } from '../../src/receipts/remember.ts';
import { openReceipt } from '../../src/receipts/sealed.ts';
import { openVendorStore } from '../vendors/store.ts';
import { APP_ID, device, mintReceipt, otherDevice, pointOf, START } from './mint.ts';
import { APP, attestedKeyOf, createReceiptWorld, ISS } from './world.ts';

const store = await openVendorStore();
const world = createReceiptWorld(store);
const { ports } = world;
const point = pointOf(device);
const fresh = {
  ...{ iss: ISS, app: APP, appIds: [APP_ID], lineage: 'lineage', environment: 'production' },
  ...{ attestedKey: attestedKeyOf(point), attestedSpki: toBase64url(point), receipt: mintReceipt() },
};

describe('rememberReceipt', () => {
  it('keeps a receipt sealed, to be renewed within the hour', async () => {
    assert.deepEqual(await rememberReceipt(ports, fresh, START), { outcome: 'kept' });
    const row = await world.row();
    assert.ok(row.nextAt !== null && row.nextAt > START && row.nextAt <= START + 3_660_000);
    assert.deepEqual([row.metric, row.metricAt, row.failures, row.lineage], [null, null, 0, 'lineage']);
    assert.ok(!row.sealed.includes(Buffer.from(fresh.receipt).toString('base64url').slice(100, 140)));
    assert.deepEqual((await riskMetricOf(ports, ISS, APP, fresh.attestedKey)).known, 'absent');
  });

  it('a row opens in its own place alone', async () => {
    const row = await world.row();
    const opened = await openReceipt(ports, row);
    assert.deepEqual([opened.publicKey, opened.receipt], [new Uint8Array(point), fresh.receipt]);
    await assert.rejects(openReceipt(ports, { ...row, app: 'com.example.other' }), { code: 'secrets.row_not_opened' });
  });

  const refused: readonly (readonly [string, Partial<typeof fresh>, number, string])[] = [
    ['of another device', { receipt: mintReceipt({ keys: otherDevice }) }, START, 'apple.receipt_key_mismatch'],
    ['of another app', { receipt: mintReceipt({ appId: 'TEAM123456.x' }) }, START, 'apple.receipt_app_id_mismatch'],
    ['that is old', {}, START + 300_001, 'apple.receipt_stale'],
    ['that is none', { receipt: Uint8Array.of(1, 2, 3) }, START, 'apple.receipt_malformed'],
  ];
  for (const [name, change, at, code] of refused) {
    it(`keeps none ${name}`, async () => {
      const attestedKey = attestedKeyOf(Buffer.from(name));
      assert.deepEqual(await rememberReceipt(ports, { ...fresh, ...change, attestedKey }, at), {
        outcome: 'refused',
        code,
      });
      assert.equal(await store.receipt(ISS, APP, attestedKey), undefined);
    });
  }

  it('keeps nothing where nobody can renew it', async () => {
    const attestedKey = attestedKeyOf(Buffer.from('no vendor'));
    const alone = { ...ports, vendors: { playKeys: () => undefined } };
    const outcome = await rememberReceipt(alone, { ...fresh, attestedKey }, START);
    assert.deepEqual(outcome, { outcome: 'not_renewed_here' });
    assert.equal(await store.receipt(ISS, APP, attestedKey), undefined);
  });
});
