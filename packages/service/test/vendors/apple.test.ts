import assert from 'node:assert/strict';
import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { createAppleReceipts } from '../../src/vendors/apple-receipts.ts';
import { createTeamTokens } from '../../src/vendors/apple-team.ts';
import { createDeviceCheck } from '../../src/vendors/device-check.ts';
import { describeHostile, faultOf, SHORT } from './faults.ts';
import { json, openStandIn, realFetch } from './stand-in.ts';

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const TEAM = 'TEAM123456';
const server = await openStandIn();
const hands = { now: Date.UTC(2026, 10, 21, 12) };
const network = {
  ...{ fetch: realFetch, clock: () => hands.now },
  random: (length: number) => new Uint8Array(length).fill(7),
};
const authorize = createTeamTokens(network.clock, [{ team: TEAM, keyId: 'ABC123DEFG', key: keys.privateKey }]);

describe('tokens of an Apple team', () => {
  it('are ES256 by the key of the team, and kept for twenty minutes', async () => {
    const token = await authorize(TEAM);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const [head, claims] = [header, payload].map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    assert.deepEqual(head, { alg: 'ES256', kid: 'ABC123DEFG', typ: 'JWT' });
    assert.deepEqual(claims, { iss: TEAM, iat: hands.now / 1000 });
    const key = { key: keys.publicKey, dsaEncoding: 'ieee-p1363' } as const;
    assert.ok(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url')));
    assert.equal(await authorize(TEAM), token);
    hands.now += 20 * 60_000;
    assert.notEqual(await authorize(TEAM), token);
  });

  it('there is none for another team', () => {
    assert.throws(() => authorize('OTHER12345'), { code: 'service.vendor_not_configured', family: 'config' });
  });
});

const RECEIPT = Uint8Array.of(0x30, 0x80, 1, 2, 3);
const RENEWAL = { team: TEAM, environment: 'production', receipt: RECEIPT } as const;
const receipts = (url = server.url) => createAppleReceipts(network, authorize, { url, ...SHORT });

describe('receipts of App Attest', () => {
  it('go as base64, and come back so', async () => {
    server.answer({ body: `${Buffer.from('new receipt').toString('base64')}\n` });
    const answer = await receipts()(RENEWAL);
    assert.deepEqual(answer, { outcome: 'renewed', receipt: new Uint8Array(Buffer.from('new receipt')) });
    const { body, headers } = server.asked.at(-1) ?? assert.fail();
    assert.equal(body, Buffer.from(RECEIPT).toString('base64'));
    assert.equal(headers.authorization, await authorize(TEAM));
  });

  it('too early and no data are answers', async () => {
    server.answer({ status: 304 });
    assert.deepEqual(await receipts()(RENEWAL), { outcome: 'too_early' });
    server.answer({ status: 404, body: 'no data' });
    assert.deepEqual(await receipts()(RENEWAL), { outcome: 'no_data' });
  });

  it('base64 with something in it is no receipt', async () => {
    for (const body of ['', 'AA=A', '<p>', 'AAA']) {
      server.answer({ body });
      assert.equal((await faultOf(() => receipts()(RENEWAL))).code, 'service.vendor_unavailable');
    }
  });

  describeHostile({
    ask: (url) => receipts(url)(RENEWAL),
    server: () => server,
    secrets: [],
    // Without a content type of its own, what is base64 by chance is for the verifier of receipts.
    except: ['null'],
  });
});

const DEVICE = { team: TEAM, environment: 'development', token: 'c2VjcmV0LWRldmljZQ==' } as const;
const deviceCheck = (url = server.url) => createDeviceCheck(network, authorize, { url, ...SHORT });

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

  it('a token that Apple refuses is the device’s', async () => {
    server.answer({ status: 400, body: 'Missing or incorrectly formatted device token payload' });
    const fault = await faultOf(() => deviceCheck().query(DEVICE), DEVICE.token);
    assert.deepEqual([fault.code, fault.family], ['service.vendor_refused_token', 'evidence']);
  });

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

  describeHostile({ ask: (url) => deviceCheck(url).query(DEVICE), server: () => server, secrets: [DEVICE.token] });
});
