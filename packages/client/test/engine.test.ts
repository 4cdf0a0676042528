import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createApp, type TestApp } from './support/app.ts';
import { API, nextFor, okReply, problem, refusedReply, replyResponse, signed } from './support/server.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

const purposesOf = ({ server }: TestApp) => server.requests.map(({ statement }) => statement.purpose);

describe('enrol, refresh, rekey', () => {
  for (const kind of ['android', 'ios'] as const) {
    it(`${kind}: enrols once, refreshes with the challenge of the reply and a new E`, async () => {
      const app = createApp(kind);
      const first = await app.client.token(API);
      assert.equal(first.kind, 'ok');
      await app.client.token(API);
      app.pass(200);
      assert.equal((await app.client.token(API)).kind, 'ok');
      assert.deepEqual(purposesOf(app), ['enrol', 'refresh']);
      assert.equal(app.server.challenges.length, 1);
      const [enrol, refresh] = app.server.requests;
      assert.equal(enrol?.jkt, refresh?.jkt);
      assert.notEqual(enrol?.statement.enc, refresh?.statement.enc);
    });

    it(`${kind}: a rekey names the old key, and its reply removes it`, async () => {
      const app = createApp(kind);
      await app.client.refresh();
      const [old] = app.platform.keys.keys();
      assert.equal((await app.client.rekey()).kind, 'ok');
      const [enrol, rekey] = app.server.requests;
      assert.equal(rekey?.statement.old, enrol?.jkt);
      assert.equal(app.platform.keys.size, 1);
      assert.ok(!app.platform.keys.has(old ?? ''));
      app.pass(200);
      await app.client.refresh();
      assert.equal(app.server.requests.at(-1)?.jkt, rekey?.jkt);
    });
  }

  it('asks once for many callers', async () => {
    const app = createApp();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => app.client.token(API)));
    assert.ok(outcomes.every(({ kind }) => kind === 'ok'));
    assert.equal(app.server.requests.length, 1);
  });

  it('finds its key again after a restart', async () => {
    const app = createApp();
    await app.client.refresh();
    assert.equal((await app.restart().token(API)).kind, 'ok');
    assert.deepEqual(purposesOf(app), ['enrol', 'refresh']);
  });

  it('enrols anew when the platform has lost the key', async () => {
    const app = createApp();
    await app.client.refresh();
    app.platform.keys.clear();
    assert.equal((await app.restart().token(API)).kind, 'ok');
    assert.deepEqual(purposesOf(app), ['enrol', 'enrol']);
  });

  it('waits while the platform cannot, and keeps its key', async () => {
    const app = createApp('ios');
    app.platform.isLocked = true;
    const outcome = await app.client.token(API);
    assert.equal(outcome.kind === 'wait' && outcome.code, 'client.platform_failed');
    app.platform.isLocked = false;
    app.pass(2 * MINUTE);
    assert.equal((await app.client.token(API)).kind, 'ok');
  });
});

describe('retry (protocol, state and retry)', () => {
  for (const kind of ['android', 'ios'] as const) {
    it(`${kind}: sends the exact body again after a lost reply`, async () => {
      const app = createApp(kind);
      const { answer } = app.server;
      app.server.answer = () => {
        throw new TypeError('connection reset');
      };
      const lost = await app.client.token(API);
      assert.equal(lost.kind === 'wait' && lost.code, 'client.network_failed');
      app.server.answer = answer;
      assert.equal((await app.client.token(API)).kind, 'wait', 'within the floor nothing is sent');
      app.pass(2 * MINUTE);
      assert.equal((await app.client.token(API)).kind, 'ok');
      assert.equal(app.server.bodies.length, 2);
      assert.equal(app.server.bodies[0], app.server.bodies[1]);
      assert.equal(app.platform.bindings.length, 1);
    });
  }

  it('tries a refresh with a key whose enrolment may have been committed', async () => {
    const app = createApp();
    const { answer } = app.server;
    app.server.answer = () => problem('overloaded', 503);
    await app.client.token(API);
    app.server.answer = answer;
    app.pass(10 * MINUTE);
    assert.equal((await app.client.token(API)).kind, 'ok');
    assert.deepEqual(purposesOf(app), ['enrol', 'refresh']);
    assert.equal(app.platform.keys.size, 1);
  });

  it('enrols anew only on a signed word that the key is unknown', async () => {
    const app = createApp();
    const { answer } = app.server;
    app.server.answer = () => problem('overloaded', 503);
    await app.client.token(API);
    app.pass(10 * MINUTE);
    app.server.answer = (request) =>
      request.statement.purpose === 'refresh'
        ? signed(refusedReply(request, app.server.clock(), { class: 'evidence', action: 'reenroll' }))
        : answer(request);
    assert.equal((await app.client.token(API)).kind, 'ok');
    assert.deepEqual(purposesOf(app), ['enrol', 'refresh', 'enrol']);
    assert.equal(app.platform.keys.size, 1);
  });

  it('makes one new statement for a challenge that is over, and then waits', async () => {
    const app = createApp();
    app.server.answer = () => problem('challenge_expired', 400);
    assert.equal((await app.client.token(API)).kind, 'wait');
    assert.equal(new Set(app.server.bodies).size, 2);
  });

  it('takes a new challenge for the new statement of a refresh', async () => {
    const app = createApp();
    await app.client.refresh();
    app.server.answer = () => problem('challenge_used', 400);
    await app.client.refresh();
    const [, one, two] = app.server.requests.map(({ statement }) => statement.challenge);
    assert.ok(one !== undefined && two !== undefined && one !== two);
  });

  it('goes back to the old key when the server never heard of the new one', async () => {
    const app = createApp();
    await app.client.refresh();
    const { answer } = app.server;
    app.server.answer = () => problem('overloaded', 503);
    assert.equal((await app.client.rekey()).kind, 'wait');
    assert.equal(app.platform.keys.size, 2, 'both keys are kept until a signed reply');
    const lost = app.server.requests.at(-1)?.jkt;
    app.server.answer = (request) =>
      request.jkt === lost
        ? signed(refusedReply(request, app.server.clock(), { class: 'evidence', action: 'reenroll' }))
        : answer(request);
    app.pass(10 * MINUTE);
    assert.equal((await app.client.token(API)).kind, 'ok');
    assert.deepEqual(purposesOf(app), ['enrol', 'rekey', 'refresh', 'refresh']);
    assert.equal(app.server.requests.at(-1)?.jkt, app.server.requests[0]?.jkt);
    assert.equal(app.platform.keys.size, 1);
  });

  it('keeps using a live token when a refresh that is due fails', async () => {
    const app = createApp();
    await app.client.token(API);
    app.pass(200);
    app.server.answer = () => problem('overloaded', 503);
    assert.equal((await app.client.token(API)).kind, 'ok');
    app.pass(200);
    assert.equal((await app.client.token(API)).kind, 'wait');
  });

  it('tells a developer when server and app do not fit together', async () => {
    const app = createApp();
    app.server.answer = () => problem('version_unsupported', 400, { support: 'ABCDE-FGHJK-M' });
    const outcome = await app.client.token(API);
    assert.equal(outcome.kind === 'config' && outcome.support, 'ABCDE-FGHJK-M');
    app.pass(2 * MINUTE);
    await app.client.token(API);
    assert.equal(new Set(app.server.bodies).size, 2, 'the same bytes would fail again');
  });
});

describe('attack 40: nothing unsigned gives up a key, stops or opens', () => {
  const forged = { class: 'device', action: 'reenroll' };
  const answers = {
    'an unsigned 403 with an action': () => problem('instance_unknown', 403, forged),
    'an unsigned 403 that says stop': () => problem('policy_refused', 403, { action: 'stop' }),
    'a page of a captive portal': () => new Response('<html>', { status: 200 }),
    'a reply without a signature': () => replyResponse('e30.e30.'),
    'a truncated reply': () => replyResponse('eyJ'),
    'an empty reply': () => replyResponse(''),
    'a redirect': () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
  };
  for (const [name, answer] of Object.entries(answers)) {
    it(`${name}: the client waits, with the key it had`, async () => {
      const app = createApp();
      await app.client.refresh();
      const held = [...app.platform.keys.keys()];
      const good = app.server.answer;
      app.server.answer = answer;
      app.pass(200);
      assert.equal((await app.client.refresh()).kind, 'wait');
      assert.deepEqual([...app.platform.keys.keys()], held);
      app.server.answer = good;
      app.pass(2 * MINUTE);
      assert.equal((await app.client.refresh()).kind, 'ok');
      assert.deepEqual(new Set(app.server.requests.map(({ jkt }) => jkt)).size, 1);
    });
  }

  it('an unsigned answer makes a client wait for half an hour at most', async () => {
    const app = createApp();
    app.server.answer = () => problem('overloaded', 503, { retry_after_ms: 1e12 });
    const outcome = await app.client.token(API);
    assert.ok(outcome.kind === 'wait' && outcome.retryAt - app.server.clock() <= 33 * MINUTE * 1000);
  });
});

describe('what a signed refusal can do', () => {
  it('takes tokens and secrets away', async () => {
    const app = createApp();
    await app.client.token(API);
    app.pass(200);
    app.server.answer = (request) => signed(refusedReply(request, app.server.clock(), { action: 'stop' }));
    const outcome = await app.client.token(API);
    assert.equal(outcome.kind === 'refused' && outcome.action, 'stop');
  });

  it('stop ends after a day, or with another version of the app', async () => {
    const app = createApp();
    const { answer } = app.server;
    app.server.answer = (request) => signed(refusedReply(request, app.server.clock(), { action: 'stop' }));
    await app.client.token(API);
    app.server.answer = answer;
    app.pass(23 * HOUR);
    assert.equal((await app.client.token(API)).kind, 'refused');
    assert.equal((await app.restart().token(API)).kind, 'refused', 'a restart does not end it');
    assert.equal((await app.restart({ appVersion: '4.2.1' }).token(API)).kind, 'ok');
    app.pass(2 * HOUR);
    assert.equal((await app.client.token(API)).kind, 'ok');
  });

  it('reenroll costs a key once an hour and three times a day, whatever the server says', async () => {
    const app = createApp();
    await app.client.refresh();
    app.server.answer = (request) =>
      signed(
        refusedReply(request, app.server.clock(), { action: 'reenroll', next: nextFor(request, app.server.clock()) }),
      );
    const enrolments: number[] = [];
    for (let quarter = 0; quarter < 4 * 24; quarter += 1) {
      await app.client.refresh();
      if (quarter === 3 || quarter === 95) enrolments.push(purposesOf(app).filter((each) => each === 'enrol').length);
      app.pass(15 * MINUTE);
    }
    assert.deepEqual(enrolments, [2, 4]);
  });

  it('retry makes one new statement, then the pauses double', async () => {
    const app = createApp();
    app.server.answer = (request) => signed(refusedReply(request, app.server.clock()));
    const pauses: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const outcome = await app.client.refresh();
      assert.ok(outcome.kind === 'refused');
      pauses.push(Math.round((outcome.retryAt - app.server.clock()) / 1000));
      app.pass((pauses.at(-1) ?? 0) + 1);
    }
    assert.deepEqual(
      purposesOf(app),
      Array.from({ length: 16 }, () => 'enrol'),
    );
    assert.equal(app.platform.keys.size, 0, 'a refused key is of no use');
    assert.ok(pauses[0] !== undefined && pauses[0] <= 66);
    assert.ok(pauses[7] !== undefined && pauses[7] >= 27 * MINUTE && pauses[7] <= 33 * MINUTE);
  });

  it('a refused enrolment that the server keeps is refreshed, not made again', async () => {
    const app = createApp();
    const { answer } = app.server;
    app.server.answer = (request) => {
      const at = app.server.clock();
      return signed(refusedReply(request, at, { action: 'update_app', next: nextFor(request, at) }));
    };
    await app.client.refresh();
    app.server.answer = answer;
    assert.equal((await app.restart({ appVersion: '5.0.0' }).token(API)).kind, 'ok');
    assert.deepEqual(purposesOf(app), ['enrol', 'refresh']);
  });

  it('says what was not granted', async () => {
    const app = createApp();
    app.server.answer = (request) => signed(okReply(request, app.server.clock(), { tokens: {} }));
    const outcome = await app.client.token(API);
    assert.equal(outcome.kind === 'config' && outcome.code, 'client.not_granted');
    await app.client.token(API);
    assert.equal(app.server.requests.length, 1);
  });
});
