import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { createPlayRecall } from '../../src/vendors/play-recall.ts';
import { faultOf, PATIENT } from './faults.ts';
import { json, NOBODY, openStandIn, realFetch } from './stand-in.ts';

const ACCOUNT = {
  ...{ email: 'assay@example.iam.gserviceaccount.com', keyId: 'key-1' },
  key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
};
const PACKAGE = 'com.example.bank';
const TOKEN = 'eyJ.secret-evidence';
const BEARER = 'ya29.secret-access';
const play = await openStandIn();
const oauth = await openStandIn();
oauth.answer(json({ access_token: BEARER, expires_in: 3600, token_type: 'Bearer' }));

const recall = (url = play.url) =>
  createPlayRecall(
    { fetch: realFetch, clock: () => Date.UTC(2026, 10, 21, 12) },
    { account: ACCOUNT, endpoint: { url, ...PATIENT }, tokens: { url: oauth.url, ...PATIENT } },
  );
const write = (url?: string) => recall(url)(PACKAGE, TOKEN, { bit0: true });

describe('deviceRecall:write', () => {
  it('names the bits that change, by the names of Google, and no others', async () => {
    play.answer(json({}));
    await recall()(PACKAGE, TOKEN, { bit0: true, bit2: false });
    const { path, headers, body, method } = play.asked.at(-1) ?? assert.fail();
    assert.deepEqual([method, path], ['POST', `/${PACKAGE}/deviceRecall:write`]);
    assert.equal(headers.authorization, `Bearer ${BEARER}`);
    assert.deepEqual(JSON.parse(body), { integrityToken: TOKEN, newValues: { bitFirst: true, bitThird: false } });
  });

  const codes: readonly (readonly [status: number, code: string])[] = [
    [400, 'service.vendor_refused_token'],
    [401, 'service.vendor_refused_us'],
    [403, 'service.vendor_refused_us'],
    [404, 'service.vendor_refused_us'],
    [429, 'service.vendor_unavailable'],
    [503, 'service.vendor_unavailable'],
    [302, 'service.vendor_unavailable'],
    [204, 'service.vendor_unavailable'],
  ];
  for (const [status, code] of codes) {
    it(`status ${status} is ${code}`, async () => {
      play.answer({ status, headers: { location: 'http://example.com/' } });
      assert.equal((await faultOf(() => write(), TOKEN, BEARER)).code, code);
    });
  }

  it('nobody there, and silence, are no success', async () => {
    assert.equal((await faultOf(() => write(NOBODY), TOKEN, BEARER)).code, 'service.vendor_unavailable');
    play.answer({ misbehave: () => {} });
    assert.equal((await faultOf(() => write(), TOKEN, BEARER)).code, 'service.vendor_unavailable');
  });

  it('writes for no package that would be another address', async () => {
    const before = play.asked.length;
    for (const name of ['', 'a', '../v1/com.example', 'com.example.bank:x', 'com.example/bank']) {
      const { code } = await faultOf(() => recall()(name, TOKEN, { bit0: true }), TOKEN);
      assert.equal(code, 'service.vendor_not_configured', name);
    }
    assert.equal(play.asked.length, before);
  });
});
