import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadAppleTrust } from '@assay/evidence';
import { parseBase64, toBase64url } from '@assay/formats';
import { describeVectors } from '../../../../tools/vectors.ts';
import { fault } from '../../src/fault.ts';
import { riskMetricOf } from '../../src/receipts/metric.ts';
import { type Renewal, renewReceipts } from '../../src/receipts/renew.ts';
import { openReceipt } from '../../src/receipts/sealed.ts';
import { createAppleReceipts } from '../../src/vendors/apple-receipts.ts';
import { refusedUs, unavailable } from '../../src/vendors/endpoint.ts';
import type { ReceiptAnswer } from '../../src/vendors/types.ts';
import { openStandIn, realFetch } from '../vendors/stand-in.ts';
import { openVendorStore } from '../vendors/store.ts';
import { mintReceipt, otherDevice, type ReceiptSpec } from './mint.ts';
import { APP, attestedKeyOf, createReceiptWorld, ISS, type ReceiptWorld } from './world.ts';

const [MINUTE, DAY] = [60_000, 86_400_000];

/** A world of its own whose one receipt is due. */
async function due(): Promise<ReceiptWorld> {
  const world = createReceiptWorld(await openVendorStore());
  await world.enrol();
  world.hands.now += 62 * MINUTE;
  return world;
}

/** Apple with a new receipt, made this moment. */
const renewing =
  (world: ReceiptWorld, change: Partial<ReceiptSpec> = {}): (() => Promise<ReceiptAnswer>) =>
  async () => ({
    outcome: 'renewed',
    receipt: mintReceipt({ type: 'RECEIPT', metric: 2, at: world.hands.now, ...change }),
  });

async function run(world: ReceiptWorld): Promise<Partial<Record<Renewal | 'stopped', unknown>>> {
  const { counts, stopped } = await renewReceipts(world.ports, ISS);
  const happened = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  return stopped === undefined ? happened : { ...happened, stopped };
}

describe('renewReceipts', () => {
  it('asks nobody before it is time', async () => {
    const world = createReceiptWorld(await openVendorStore());
    await world.enrol();
    assert.deepEqual(await run(world), {});
    assert.equal(world.asked.length, 0);
  });

  it('stores the new receipt and what it says of the device, and comes back in a week', async () => {
    const world = await due();
    const before = await world.row();
    world.hands.apple = renewing(world);
    assert.deepEqual(await run(world), { renewed: 1 });
    const row = await world.row();
    assert.deepEqual([row.metric, row.metricAt, row.failures], [2, world.hands.now, 0]);
    assert.ok(row.nextAt !== null && row.nextAt >= world.hands.now + 7 * DAY && row.nextAt < world.hands.now + 8 * DAY);
    assert.notDeepEqual(
      (await openReceipt(world.ports, row)).receipt,
      (await openReceipt(world.ports, before)).receipt,
    );
    const fact = await riskMetricOf(world.ports, ISS, APP, row.attestedKey);
    assert.deepEqual(fact, { known: 'proven', value: 2, by: 'apple-receipt' });
    const [asked] = world.asked;
    assert.deepEqual([asked?.team, asked?.environment], ['TEAM123456', 'production']);
    assert.deepEqual(await run(world), {});
  });

  it('hands in the last receipt, not the first', async () => {
    const world = await due();
    world.hands.apple = renewing(world);
    await run(world);
    const last = await openReceipt(world.ports, await world.row());
    world.hands.now += 8 * DAY;
    world.hands.apple = renewing(world, { metric: 5 });
    assert.deepEqual(await run(world), { renewed: 1 });
    assert.deepEqual(world.asked[1]?.receipt, last.receipt);
    assert.equal((await world.row()).metric, 5);
  });

  it('too early: tomorrow', async () => {
    const world = await due();
    assert.deepEqual(await run(world), { too_early: 1 });
    const { nextAt, failures } = await world.row();
    assert.ok(nextAt !== null && nextAt >= world.hands.now + DAY && nextAt < world.hands.now + DAY + 60 * MINUTE);
    assert.equal(failures, 0);
  });

  it('no data: the receipt and its metric stay, and Apple is asked again until the receipt ends', async () => {
    const world = await due();
    world.hands.apple = renewing(world);
    await run(world);
    world.hands.now += 40 * DAY;
    world.hands.apple = async () => ({ outcome: 'no_data' });
    assert.deepEqual(await run(world), { no_data: 1 });
    const row = await world.row();
    assert.deepEqual([row.metric, row.failures], [2, 1]);
    assert.ok(row.nextAt !== null && row.nextAt > world.hands.now);
    world.hands.now += 50 * DAY;
    assert.deepEqual(await run(world), { ended: 1 });
    const ended = await world.row();
    assert.deepEqual([ended.nextAt, ended.metric], [null, 2]);
  });

  const unsound: readonly (readonly [string, Partial<ReceiptSpec>])[] = [
    ['another device', { keys: otherDevice }],
    ['another app', { appId: 'TEAM123456.com.example.other' }],
    ['a receipt of last week', { at: 0 }],
  ];
  for (const [name, change] of unsound) {
    it(`believes no new receipt that is about ${name}`, async () => {
      const world = await due();
      const before = await world.row();
      world.hands.apple = renewing(world, change);
      assert.deepEqual(await run(world), { refused: 1 });
      const row = await world.row();
      assert.deepEqual([row.sealed, row.metric, row.failures], [before.sealed, null, 1]);
    });
  }

  it('believes no bytes', async () => {
    const world = await due();
    world.hands.apple = async () => ({ outcome: 'renewed', receipt: Uint8Array.of(0x30, 0x80) });
    assert.deepEqual(await run(world), { refused: 1 });
  });

  it('an outage makes it wait, longer each time, and leaves Apple alone after three in a row', async () => {
    const world = createReceiptWorld(await openVendorStore());
    for (let index = 0; index < 5; index++) {
      await world.enrol({ attestedKey: attestedKeyOf(Buffer.of(index)) });
    }
    world.hands.now += 62 * MINUTE;
    world.hands.apple = async () => {
      throw unavailable('App Attest receipts', 'status 503');
    };
    assert.deepEqual(await run(world), { unavailable: 3, stopped: 'service.vendor_unavailable' });
    assert.equal(world.asked.length, 3);
    assert.deepEqual(await run(world), { unavailable: 2 });
    assert.deepEqual(await run(world), {});
    world.hands.now += 8 * MINUTE;
    assert.deepEqual(await run(world), { unavailable: 3, stopped: 'service.vendor_unavailable' });
  });

  it('credentials that Apple refuses are tried once in a run, and count as no failure of a row', async () => {
    const world = createReceiptWorld(await openVendorStore());
    for (let index = 0; index < 3; index++) await world.enrol({ attestedKey: attestedKeyOf(Buffer.of(index)) });
    world.hands.now += 62 * MINUTE;
    world.hands.apple = async () => {
      throw refusedUs('App Attest receipts', 'status 401');
    };
    assert.deepEqual(await run(world), { stopped: 'service.vendor_refused_us' });
    assert.equal(world.asked.length, 1);
    const { failures, nextAt } = await world.row(attestedKeyOf(Buffer.of(0)));
    assert.deepEqual([failures, nextAt], [0, world.hands.now + 10 * MINUTE]);
  });

  it('a team without a key keeps no other team waiting', async () => {
    const world = createReceiptWorld(await openVendorStore());
    const app = 'com.example.shop';
    await world.enrol();
    await world.enrol({ app });
    world.hands.now += 62 * MINUTE;
    // The one that cannot be asked about comes first, every time.
    await world.ports.store.putReceipt({ ...(await world.row()), nextAt: 0 });
    const registered = world.ports.registry.app;
    const registry: typeof world.ports.registry = {
      app: async (iss, id) => {
        const document = await registered(iss, id);
        if (document?.apple === undefined) return document;
        return { ...document, apple: { ...document.apple, team: id === app ? 'HASONEKEY1' : 'HASNOKEY11' } };
      },
    };
    world.hands.apple = async () => {
      if (world.asked.at(-1)?.team === 'HASONEKEY1') return { outcome: 'too_early' };
      throw fault('service.vendor_not_configured');
    };
    const { counts, stopped } = await renewReceipts({ ...world.ports, registry }, ISS);
    assert.deepEqual([counts.too_early, stopped], [1, 'service.vendor_not_configured']);
  });

  it('a row that another process is asking about is left to it', async () => {
    const world = await due();
    let both: unknown;
    world.hands.apple = async () => {
      both = await run(world);
      return { outcome: 'too_early' };
    };
    assert.deepEqual(await run(world), { too_early: 1 });
    assert.deepEqual(both, {});
    assert.equal(world.asked.length, 1);
  });

  it('a process that died in the middle gives the row back', async () => {
    const world = await due();
    world.hands.apple = async () => {
      throw new TypeError('the process died');
    };
    await assert.rejects(run(world), TypeError);
    world.hands.now += 10 * MINUTE;
    world.hands.apple = renewing(world);
    assert.deepEqual(await run(world), { renewed: 1 });
  });

  it('begins no further row once it is to stop', async () => {
    const world = createReceiptWorld(await openVendorStore());
    for (let index = 0; index < 3; index++) await world.enrol({ attestedKey: attestedKeyOf(Buffer.of(index)) });
    world.hands.now += 62 * MINUTE;
    const stopping = new AbortController();
    world.hands.apple = async () => {
      stopping.abort();
      return { outcome: 'too_early' };
    };
    const { counts } = await renewReceipts(world.ports, ISS, { signal: stopping.signal });
    assert.deepEqual([counts.too_early, world.asked.length], [1, 1]);
  });

  it('ends with the registration of the app', async () => {
    const world = await due();
    world.hands.registered = undefined;
    assert.deepEqual(await run(world), { ended: 1 });
    assert.deepEqual([(await world.row()).nextAt, world.asked.length], [null, 0]);
  });

  it('takes the team that the app names before the prefix of its id', async () => {
    const world = await due();
    world.hands.registered = { appIds: ['TEAM123456.com.example.bank'], team: 'NEWTEAM789' };
    await run(world);
    assert.equal(world.asked[0]?.team, 'NEWTEAM789');
  });

  it('says so where no key for Apple is configured', async () => {
    const world = await due();
    const alone = { ...world.ports, vendors: { playKeys: () => undefined } };
    assert.equal((await renewReceipts(alone, ISS)).stopped, 'service.vendor_not_configured');
  });
});

describeVectors('renewal over genuine receipts', (dir) => {
  const read = (name: string) => {
    const path = join(dir, 'attestation/apple/receipts', `veehaitch-ios-14.2-receipt-${name}.json`);
    const { receipt, appId, publicKeyPem, verifyAt } = JSON.parse(readFileSync(path, 'utf8'));
    const point = createPublicKey(publicKeyPem).export({ format: 'der', type: 'spki' }).subarray(-65);
    return {
      receipt: parseBase64(receipt),
      text: receipt as string,
      appId: appId as string,
      point,
      at: Date.parse(verifyAt),
    };
  };

  it('goes from the attestation to the third metric, over HTTP', async () => {
    const [first, ...later] = ['1-attest', '2-receipt', '3-receipt', '4-receipt'].map(read);
    assert.ok(first);
    const server = await openStandIn();
    const options = { anchors: loadAppleTrust().receipt, appId: first.appId, now: first.at };
    const world = createReceiptWorld(await openVendorStore(), options);
    const network = { fetch: realFetch, clock: () => world.hands.now };
    world.hands.apple = createAppleReceipts(network, async () => 'token', { url: server.url });
    const attestedKey = await world.enrol({
      ...{ receipt: first.receipt, attestedKey: attestedKeyOf(first.point), attestedSpki: toBase64url(first.point) },
    });
    const metrics: unknown[] = [];
    for (const next of later) {
      // The device's owner asked more often than a server does.
      await world.ports.store.putReceipt({ ...(await world.row(attestedKey)), nextAt: next.at });
      world.hands.now = next.at;
      server.answer({ body: next.text });
      assert.deepEqual(await run(world), { renewed: 1 });
      metrics.push((await world.row(attestedKey)).metric);
    }
    assert.deepEqual(metrics, [2, 3, 3]);
    assert.equal(server.asked[1]?.body, later[0]?.text);
  });
});
