import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAppleReceipts } from '../../src/vendors/apple-receipts.ts';
import { authorize, network, TEAM } from './apple-keys.ts';
import { describeHostile, faultOf, PATIENT } from './faults.ts';
import { openStandIn } from './stand-in.ts';

const server = await openStandIn();
const RECEIPT = Uint8Array.of(0x30, 0x80, 1, 2, 3);
const RENEWAL = { team: TEAM, environment: 'production', receipt: RECEIPT } as const;
const receipts = (url = server.url, bounds = PATIENT) => createAppleReceipts(network, authorize, { url, ...bounds });

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
    ask: (url, bounds) => receipts(url, bounds)(RENEWAL),
    server: () => server,
    secrets: [],
    // Without a content type of its own, what is base64 by chance is for the verifier of receipts.
    except: ['null'],
  });
});
