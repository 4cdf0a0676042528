import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDeviceCheck } from '../../src/vendors/device-check.ts';
import { authorize, hands, network, TEAM } from './apple-keys.ts';
import { describeHostile, faultOf, PATIENT } from './faults.ts';
import { json, openStandIn } from './stand-in.ts';

const server = await openStandIn();
const DEVICE = { team: TEAM, environment: 'development', token: 'c2VjcmV0LWRldmljZQ==' } as const;
const deviceCheck = (url = server.url, bounds = PATIENT) => createDeviceCheck(network, authorize, { url, ...bounds });

describe('DeviceCheck', () => {
  it('asks with a transaction of its own', async () => {
    server.answer(json({ bit0: true, bit1: false, last_update_time: '2026-10' }));
    assert.deepEqual(await deviceCheck().query(DEVICE), { bit0: true, bit1: false, updated: '2026-10' });
    const { path, body, headers } = server.asked.at(-1) ?? assert.fail();
    assert.deepEqual([path, headers.authorization], ['/query_two_bits', `Bearer ${await authorize(TEAM)}`]);
    assert.deepEqual(JSON.parse(body), {
      ...{ device_token: DEVICE.token, transaction_id: '07'.repeat(16), timestamp: hands.now },
    });
  });

  it('sets both bits', async () => {
    server.answer({ status: 200 });
    await deviceCheck().update(DEVICE, { bit0: false, bit1: true });
    const { path, body } = server.asked.at(-1) ?? assert.fail();
    const { bit0, bit1 } = JSON.parse(body);
    assert.deepEqual([path, bit0, bit1], ['/update_two_bits', false, true]);
  });

  it('reads its answer whatever the content type: Apple’s documents name none', async () => {
    server.answer({ body: '{"bit0":false,"bit1":true}' });
    assert.deepEqual(await deviceCheck().query(DEVICE), { bit0: false, bit1: true });
  });

  for (const text of ['Failed to find bit state', 'Bit State Not Found\n']) {
    it(`a 200 that says “${text.trim()}” is no bits`, async () => {
      server.answer({ headers: { 'content-type': 'text/plain' }, body: text });
      assert.deepEqual(await deviceCheck().query(DEVICE), { bit0: false, bit1: false });
    });
  }

  for (const status of [400, 413, 422]) {
    it(`a token that Apple refuses is the device’s, and no outage: ${status}`, async () => {
      server.answer({ status, body: 'Missing or incorrectly formatted device token payload' });
      const fault = await faultOf(() => deviceCheck().query(DEVICE), DEVICE.token);
      assert.deepEqual([fault.code, fault.family], ['service.vendor_refused_token', 'evidence']);
    });
  }

  const misread: readonly unknown[] = [
    { bit0: true },
    { bit0: 1, bit1: 0 },
    { bit0: 'true', bit1: 'false' },
    { bit0: true, bit1: true, last_update_time: '2026-13' },
    { bit0: true, bit1: true, last_update_time: 'October' },
  ];
  for (const answer of misread) {
    it(`does not guess what ${JSON.stringify(answer)} means`, async () => {
      server.answer(json(answer));
      assert.equal((await faultOf(() => deviceCheck().query(DEVICE))).code, 'service.vendor_unavailable');
    });
  }

  describeHostile({
    ask: (url, bounds) => deviceCheck(url, bounds).query(DEVICE),
    server: () => server,
    secrets: [DEVICE.token],
  });
});
