import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type OkReply, signReply, type VerifiedRequest } from '@assay/tokens';
import { createApp, type TestApp } from './support/app.ts';
import {
  API,
  boxFor,
  nextReplyKey,
  okReply,
  pinSetWire,
  replyKey,
  replyResponse,
  rootWire,
  signed,
  strangerKey,
  successorWire,
} from './support/server.ts';

const toJson = (wire: string) => JSON.parse(wire);

/** The app's next reply is this one; what comes of it. */
async function answered(app: TestApp, make: (good: OkReply, request: VerifiedRequest) => Response | Promise<Response>) {
  app.server.answer = (request) => make(okReply(request, app.server.clock()), request);
  return app.client.token(API);
}

describe('replies that are not believed (attack 41)', () => {
  const hostile: Readonly<Record<string, readonly [code: string, make: (good: OkReply) => Response]>> = {
    'signed by another key': ['tokens.reply_signature_invalid', (good) => signed(good, strangerKey)],
    'signed by another key under the name of the right one': [
      'tokens.reply_signature_invalid',
      (good) => signed(good, { ...strangerKey, kid: replyKey.kid }),
    ],
    'for another request': ['tokens.reply_mismatch', (good) => signed({ ...good, rqh: 'A'.repeat(43) })],
    'for another key': ['tokens.reply_mismatch', (good) => signed({ ...good, aud: 'A'.repeat(43) })],
    'of another issuer': ['tokens.reply_mismatch', (good) => signed({ ...good, iss: `${good.iss}x` })],
    'with an unknown member': ['tokens.reply_malformed', (good) => signed(Object.assign({ admin: true }, good))],
    'with its payload changed': [
      'tokens.reply_signature_invalid',
      (good) => {
        const [head, , signature] = signReply(good, replyKey).split('.');
        const payload = Buffer.from(JSON.stringify({ ...good, support: '00000-00000-0' })).toString('base64url');
        return replyResponse([head, payload, signature].join('.'));
      },
    ],
    truncated: ['tokens.reply_malformed', (good) => replyResponse(signReply(good, replyKey).slice(0, -5))],
    'without its signature': [
      'tokens.reply_malformed',
      (good) => replyResponse(signReply(good, replyKey).replace(/[^.]*$/, '')),
    ],
    'too long': ['tokens.reply_malformed', (good) => replyResponse(signReply(good, replyKey) + 'A'.repeat(140_000))],
  };
  for (const [name, [code, make]] of Object.entries(hostile)) {
    it(`${name}: ${code}, and the client waits`, async () => {
      const app = createApp();
      const outcome = await answered(app, make);
      assert.equal(outcome.kind === 'wait' && outcome.code, code);
      assert.deepEqual(app.events, [{ about: 'reply', code }]);
      assert.equal(app.platform.keys.size, 1);
    });
  }

  it('an older reply to the same app, as it came', async () => {
    const app = createApp();
    const replies: string[] = [];
    app.server.answer = (request) => {
      replies.push(signReply(okReply(request, app.server.clock()), replyKey));
      return replyResponse(replies[0] ?? '');
    };
    assert.equal((await app.client.token(API)).kind, 'ok');
    app.pass(400);
    const outcome = await app.client.token(API);
    assert.equal(outcome.kind === 'wait' && outcome.code, 'tokens.reply_mismatch');
  });
});

describe('secrets (attack 42)', () => {
  const answering = async (app: TestApp, secrets: (request: VerifiedRequest) => Promise<OkReply['secrets']>) => {
    app.server.answer = async (request) => {
      const boxes = await secrets(request);
      return signed(okReply(request, app.server.clock(), boxes === undefined ? {} : { secrets: boxes }));
    };
    return app.client.secret('maps');
  };
  const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  it('opens a box, holds it in memory only and forgets it in time', async () => {
    const app = createApp();
    const at = app.server.clock();
    const outcome = await answering(app, async (request) => ({ maps: await boxFor(request, 'maps', 'key-1', at) }));
    assert.ok(outcome.kind === 'ok');
    assert.equal(textOf(outcome.value), 'key-1');
    app.pass(3601);
    assert.notEqual((await app.client.secret('maps')).kind, 'ok');
  });

  const boxes: Readonly<
    Record<string, readonly [code: string, make: (request: VerifiedRequest, at: number) => Promise<string>]>
  > = {
    'a box of another secret': ['secrets.box_mismatch', (request, at) => boxFor(request, 'mail', 'x', at)],
    'a box for another request': [
      'secrets.box_mismatch',
      (request, at) => boxFor({ ...request, requestHash: new Uint8Array(32) }, 'maps', 'x', at),
    ],
    'a box for another instance': [
      'secrets.box_mismatch',
      (request, at) => boxFor({ ...request, jkt: 'A'.repeat(43) }, 'maps', 'x', at),
    ],
    'a box for another encryption key': [
      'secrets.box_mismatch',
      (request, at) => boxFor({ ...request, encryptionKey: strangerKey.publicJwk }, 'maps', 'x', at),
    ],
    'an expired box': ['secrets.box_expired', (request, at) => boxFor(request, 'maps', 'x', at - 7_200_000)],
    'a box with other content': [
      'secrets.box_not_opened',
      async (request, at) => (await boxFor(request, 'maps', 'x', at)).replace(/\.[^.]{4}(?=[^.]*\.[^.]*$)/, '.AAAA'),
    ],
    'no box': ['secrets.box_malformed', async () => 'box'],
  };
  for (const [name, [code, make]] of Object.entries(boxes)) {
    it(`${name}: ${code}, and the secret stays unknown`, async () => {
      const app = createApp();
      const outcome = await answering(app, async (request) => ({ maps: await make(request, app.server.clock()) }));
      assert.equal(outcome.kind === 'config' && outcome.code, 'client.not_granted');
      assert.deepEqual(app.events, [{ about: 'secret', code, name: 'maps' }]);
    });
  }
});

describe('trust', () => {
  it('follows a successor of the root document to a new reply key, and still does after a restart', async () => {
    const app = createApp();
    app.server.other = () => Response.json({ roots: [toJson(rootWire), toJson(successorWire)], set: null });
    assert.equal((await answered(app, (good) => signed(good, nextReplyKey))).kind, 'ok');
    app.server.other = () => new Response(null, { status: 404 });
    assert.equal((await app.restart().token(API)).kind, 'ok');
  });

  it('does not go on believing the reply key that the successor left out', async () => {
    const app = createApp();
    const pins = { root: [toJson(rootWire), toJson(successorWire)] };
    assert.equal((await answered(app, (good) => signed({ ...good, pins }))).kind, 'ok');
    app.pass(400);
    const outcome = await answered(app, (good) => signed(good));
    assert.equal(outcome.kind === 'wait' && outcome.code, 'tokens.reply_signature_invalid');
  });

  it('does not believe a date after the end of the root document, and asks for a successor', async () => {
    const app = createApp();
    const asked: string[] = [];
    app.server.other = ({ url }) => {
      asked.push(url);
      return Response.json({ roots: [], set: null });
    };
    const outcome = await answered(app, (good) => signed({ ...good, iat: good.iat + 701 * 86_400 }));
    assert.equal(outcome.kind === 'wait' && outcome.code, 'pins.root_expired');
    assert.equal(asked.length, 1);
    app.pass(3600);
    assert.equal((await answered(app, (good) => signed(good))).kind, 'ok');
  });

  it('takes a newer pin set, and keeps it over an older one, another one, and time', async () => {
    const app = createApp('android', { bundledPins: await pinSetWire(1) });
    const pinsOf = async () => {
      const enforcement = await app.client.pinsFor('api.example.com');
      assert.ok(enforcement.act === 'enforce');
      return enforcement;
    };
    const offer = async (v: number, first: number) => {
      const set = toJson(await pinSetWire(v, first));
      app.pass(400);
      return answered(app, (good) => signed({ ...good, pins: { set } }));
    };
    const bundled = await pinsOf();
    await offer(3, 3);
    const newest = await pinsOf();
    assert.notDeepEqual(newest.pins, bundled.pins);
    assert.equal(newest.stale, false);
    await offer(2, 4);
    await offer(3, 4);
    assert.deepEqual((await pinsOf()).pins, newest.pins);
    assert.deepEqual(
      app.events.map(({ code }) => code),
      ['pins.rollback', 'pins.equivocation'],
    );
    assert.deepEqual(app.server.requests.at(-1)?.statement.want.pins, { epoch: 1, v: 3 });
    app.pass(10 * 365 * 86_400);
    assert.deepEqual(await pinsOf(), newest, 'the clock of the phone ends no pin');
    assert.deepEqual(await app.restart().pinsFor('api.example.com'), newest, 'nor does a restart');
  });

  it('does not start from a root document of another environment', async () => {
    const app = createApp('android', { iss: 'https://attest.example.com/t/acme/e/stage' });
    await assert.rejects(app.client.token(API), { code: 'pins.wrong_app' });
  });
});
