import assert from 'node:assert/strict';
import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { createPlayDecoder } from '../../src/vendors/play-decode.ts';
import { describeHostile, faultOf, PATIENT } from './faults.ts';
import { json, openStandIn, realFetch } from './stand-in.ts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ACCOUNT = { email: 'assay@example.iam.gserviceaccount.com', keyId: 'key-1', key: keys.privateKey };
const PACKAGE = 'com.example.bank';
const TOKEN = 'eyJ.secret-evidence';
const BEARER = 'ya29.secret-access';

const play = await openStandIn();
const oauth = await openStandIn();
const hands = { now: Date.UTC(2026, 10, 21, 12) };

const granted = (seconds = 3600) => json({ access_token: BEARER, expires_in: seconds, token_type: 'Bearer' });
function decoder(url = play.url, bounds = PATIENT) {
  return createPlayDecoder(
    { fetch: realFetch, clock: () => hands.now },
    { account: ACCOUNT, endpoint: { url, ...bounds }, tokens: { url: oauth.url, ...PATIENT } },
  );
}

describe('decodeIntegrityToken', () => {
  it('asks as the documents have it, and hands on the payload unread', async () => {
    oauth.answer(granted());
    play.answer(json({ tokenPayloadExternal: { requestDetails: { requestHash: 'x' } }, more: 1 }));
    assert.deepEqual(await decoder()(PACKAGE, TOKEN), { requestDetails: { requestHash: 'x' } });
    const { path, headers, body } = play.asked.at(-1) ?? assert.fail();
    assert.deepEqual([path, headers.authorization], [`/${PACKAGE}:decodeIntegrityToken`, `Bearer ${BEARER}`]);
    assert.deepEqual(JSON.parse(body), { integrity_token: TOKEN });
  });

  it('shows itself by a JWT of the account, and keeps what it gets until shortly before the end', async () => {
    const decode = decoder();
    oauth.answer(granted(3600));
    play.answer(json({ tokenPayloadExternal: {} }));
    await Promise.all([decode(PACKAGE, TOKEN), decode(PACKAGE, TOKEN)]);
    const asked = oauth.asked.length;
    const form = new URLSearchParams(oauth.asked.at(-1)?.body);
    assert.equal(form.get('grant_type'), 'urn:ietf:params:oauth:grant-type:jwt-bearer');
    const [header = '', payload = '', signature = ''] = (form.get('assertion') ?? '').split('.');
    const [head, claims] = [header, payload].map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    assert.deepEqual(head, { alg: 'RS256', kid: 'key-1', typ: 'JWT' });
    const iat = hands.now / 1000;
    assert.deepEqual(claims, {
      ...{ iss: ACCOUNT.email, scope: 'https://www.googleapis.com/auth/playintegrity', aud: oauth.url },
      ...{ iat, exp: iat + 600 },
    });
    assert.ok(
      verify('sha256', Buffer.from(`${header}.${payload}`), keys.publicKey, Buffer.from(signature, 'base64url')),
    );
    hands.now += 3_539_000;
    await decode(PACKAGE, TOKEN);
    assert.equal(oauth.asked.length, asked);
    hands.now += 1_000;
    await decode(PACKAGE, TOKEN);
    assert.equal(oauth.asked.length, asked + 1);
  });

  it('asks for a new token after one was refused, and not after an outage', async () => {
    const decode = decoder();
    oauth.answer(granted());
    play.answer({ status: 401 }, { status: 500 }, json({ tokenPayloadExternal: {} }));
    const asked = oauth.asked.length;
    assert.equal((await faultOf(() => decode(PACKAGE, TOKEN), BEARER, TOKEN)).code, 'service.vendor_refused_us');
    await faultOf(() => decode(PACKAGE, TOKEN), BEARER, TOKEN);
    await decode(PACKAGE, TOKEN);
    assert.equal(oauth.asked.length, asked + 2);
  });

  describeHostile({
    ask(url, bounds) {
      oauth.answer(granted());
      return decoder(url, bounds)(PACKAGE, TOKEN);
    },
    server: () => play,
    secrets: [BEARER, TOKEN],
  });
});

describe('Google OAuth', () => {
  it('an account that is refused is ours to mend', async () => {
    oauth.answer(json({ error: 'invalid_grant' }, 400));
    assert.equal((await faultOf(() => decoder()(PACKAGE, TOKEN), TOKEN)).code, 'service.vendor_refused_us');
  });

  describeHostile({
    ask(url, bounds) {
      const account = { account: ACCOUNT, endpoint: { url: play.url }, tokens: { url, ...bounds } };
      return createPlayDecoder({ fetch: realFetch, clock: () => hands.now }, account)(PACKAGE, TOKEN);
    },
    server: () => oauth,
    secrets: [TOKEN],
    except: ['status 418', 'status 204 without a body'],
  });
});
