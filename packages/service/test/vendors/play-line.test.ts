import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { createPlayLine } from '../../src/vendors/play-line.ts';
import { faultOf, PATIENT } from './faults.ts';
import { json, openStandIn, realFetch } from './stand-in.ts';

const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ACCOUNT = { email: 'assay@example.iam.gserviceaccount.com', keyId: 'key-1', key };
const PACKAGE = 'com.example.bank';
const TOKEN = 'eyJ.secret-evidence';
const BEARER = 'ya29.secret-access';

const play = await openStandIn();
const oauth = await openStandIn();

const granted = () => json({ access_token: BEARER, expires_in: 3600, token_type: 'Bearer' });
const ask = (packageName = PACKAGE) =>
  createPlayLine(
    { fetch: realFetch, clock: () => Date.UTC(2026, 10, 21, 12) },
    { account: ACCOUNT, endpoint: { url: play.url, ...PATIENT }, tokens: { url: oauth.url, ...PATIENT } },
  )(packageName, ':method', { token: TOKEN });

describe('a line to Play Integrity', () => {
  it('asks about a package, as the account', async () => {
    oauth.answer(granted());
    play.answer(json({ a: 1 }));
    assert.equal(Buffer.from((await ask()).body).toString(), '{"a":1}');
    const { method, path, body, headers } = play.asked.at(-1) ?? assert.fail();
    assert.deepEqual([method, path, body], ['POST', `/${PACKAGE}:method`, JSON.stringify({ token: TOKEN })]);
    assert.deepEqual([headers.authorization, headers['content-type']], [`Bearer ${BEARER}`, 'application/json']);
  });

  const refusals: readonly (readonly [number, string, string])[] = [
    [400, 'service.vendor_refused_token', 'evidence'],
    [413, 'service.vendor_refused_token', 'evidence'],
    [422, 'service.vendor_refused_token', 'evidence'],
    [404, 'service.vendor_refused_us', 'config'],
  ];
  for (const [status, code, family] of refusals) {
    it(`status ${status}: ${code}`, async () => {
      oauth.answer(granted());
      play.answer(json({ error: { status: 'INVALID_ARGUMENT' } }, status));
      const fault = await faultOf(() => ask(), BEARER, TOKEN);
      assert.deepEqual([fault.code, fault.family], [code, family]);
    });
  }

  for (const name of ['com.example.bank/../x', 'com', '', 'com.example:bank', 'com..bank']) {
    it(`puts no package into an address that is none: ${name}`, async () => {
      assert.equal((await faultOf(() => ask(name))).code, 'service.vendor_not_configured');
    });
  }
});
