import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientOptions, SignalSource } from '@assay/client';
import type { StatementSignal } from '@assay/tokens/wire';
import { fitting, toStatementSignal } from '../../src/signals/fit.ts';
import { CLOCK_BOUND, isIdentityFailure, OwnSignals } from '../../src/signals/own.ts';
import { createApp, type TestApp } from '../support/app.ts';
import { API, pinSetWire, START } from '../support/server.ts';
import { createTimers } from '../support/timers.ts';

const source = (provider: string, collect: SignalSource['collect']): SignalSource => ({
  provider,
  version: '1',
  collect,
});
const signalsOf = ({ server }: TestApp): readonly StatementSignal[] =>
  server.requests.at(-1)?.statement.claims.signals ?? [];
const foreign = (app: TestApp) => signalsOf(app).filter(({ p }) => p !== 'assay');
const saidOf = (app: TestApp, name: string) => signalsOf(app).find(({ n }) => n === name)?.v;

describe('signals in statements', () => {
  it('are what the sources say, asked again once the answer is old', async () => {
    let asked = 0;
    const app = createApp('android', {
      signals: [source('lib', async () => [{ name: 'hooks', value: asked++ > 0 }])],
    });
    await app.client.refresh();
    assert.deepEqual(foreign(app), [{ p: 'lib', pv: '1', n: 'hooks', v: false }]);
    app.pass(30);
    await app.client.refresh();
    assert.equal(asked, 1);
    app.pass(31);
    await app.client.refresh();
    assert.deepEqual([asked, foreign(app)], [2, [{ p: 'lib', pv: '1', n: 'hooks', v: true }]]);
  });

  it('of a source that fails are left out, and the statement goes all the same', async () => {
    const bad = source('bad', () => Promise.reject(new Error('x')));
    const throws = source('throws', () => {
      throw new Error('x');
    });
    const good = source('good', async () => [{ name: 'a', value: true }]);
    const app = createApp('android', { signals: [bad, throws, good] });
    assert.equal((await app.client.token(API)).kind, 'ok');
    assert.deepEqual(
      foreign(app).map(({ p }) => p),
      ['good'],
    );
    const told = app.events.filter(({ about }) => about === 'signals');
    assert.deepEqual(
      told.map(({ code, name }) => [code, name]),
      [
        ['client.signals_missing', 'bad'],
        ['client.signals_missing', 'throws'],
      ],
    );
  });

  it('of a source that hangs hold a statement once, and are there when it has come back', async () => {
    const timers = createTimers();
    const late = Promise.withResolvers<readonly { readonly name: string; readonly value: boolean }[]>();
    const begun = Promise.withResolvers<void>();
    const slow = source('slow', () => {
      begun.resolve();
      return late.promise;
    });
    const app = createApp('android', { timer: timers.timer, signals: [slow] });
    const flight = app.client.refresh();
    await begun.promise;
    timers.ring();
    assert.equal((await flight).kind, 'ok');
    assert.deepEqual([foreign(app), timers.waits.includes(3_000)], [[], true]);
    app.pass(10);
    assert.equal((await app.client.refresh()).kind, 'ok', 'nobody waits for it a second time');
    late.resolve([{ name: 'a', value: true }]);
    await late.promise;
    app.pass(10);
    await app.client.refresh();
    assert.deepEqual(
      foreign(app).map(({ n }) => n),
      ['a'],
    );
  });

  it('fit into a statement, whatever a source says', async () => {
    const many = source('many', async () => Array.from({ length: 500 }, (_, at) => ({ name: `n${at}`, value: true })));
    const odd = source('odd', async () => [
      ...['', 'two words', 'ü', 'x'.repeat(200), '\u0000'].map((name) => ({ name, value: true })),
      { name: 'no', value: 1 as never },
      { name: 'good', value: true },
    ]);
    const app = createApp('android', { signals: [odd, many] });
    assert.equal((await app.client.token(API)).kind, 'ok', 'the server can read it');
    assert.ok(signalsOf(app).length <= 64);
    assert.deepEqual(foreign(app)[0]?.n, 'good');
  });

  it('take at most half of the bytes of a statement, and none twice', () => {
    const long = Array.from({ length: 64 }, (_, at) =>
      toStatementSignal({ provider: 'p', version: '1' }, { name: `${at}-${'x'.repeat(120)}`, value: true }),
    ).filter((each) => each !== undefined);
    const kept = fitting([...long, ...long]);
    assert.ok(JSON.stringify(kept).length <= 4_098 && kept.length > 20 && kept.length < 64);
    assert.equal(new Set(kept.map(({ n }) => n)).size, kept.length);
  });
});

describe('the client’s own signals', () => {
  const failing = (error: unknown): Pick<ClientOptions, 'isPinFailure'> => ({ isPinFailure: (each) => each === error });

  it('tell of a pinned connection that its pins refused, until a signed reply has come to it', async () => {
    const refused = new TypeError('fetch failed', {
      cause: Object.assign(new Error('x'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }),
    });
    let breaks = false;
    const app = createApp('android');
    const client = app.restart({
      bundledPins: await pinSetWire(1),
      fetch: (request) => (breaks && request.url.startsWith(API) ? Promise.reject(refused) : app.server.fetch(request)),
    });
    await client.refresh();
    assert.equal(saidOf(app, 'pin_failure'), false);
    const { act } = await client.pinsFor(new URL(API).hostname);
    assert.notEqual(act, 'not_pinned');
    breaks = true;
    await assert.rejects(client.fetch(new Request(`${API}/x`)), refused);
    app.pass(30);
    await client.refresh();
    assert.equal(saidOf(app, 'pin_failure'), true);
    app.pass(30);
    await client.refresh();
    assert.equal(saidOf(app, 'pin_failure'), false, 'it was told');
  });

  it('know a failure of identity by its code, in the error or its causes, and no other failure', () => {
    const coded = (code: unknown, cause?: unknown) => Object.assign(new Error('x', { cause }), { code });
    assert.ok(isIdentityFailure(coded('ERR_TLS_CERT_ALTNAME_INVALID')));
    assert.ok(isIdentityFailure(new TypeError('fetch failed', { cause: coded('CERT_HAS_EXPIRED') })));
    const loop = coded('ECONNRESET');
    loop.cause = loop;
    for (const other of [coded('ECONNREFUSED'), new Error('CERT_HAS_EXPIRED'), loop, 'text', undefined, coded(7)]) {
      assert.equal(isIdentityFailure(other), false);
    }
  });

  it('count what failed after a statement was made for the next one', () => {
    const error = new Error('pins');
    const own = new OwnSignals({ clock: () => 0, ...failing(error) });
    own.noteFailure(new Error('no network'));
    assert.equal(own.say(0, undefined).signals[0]?.value, false);
    own.noteFailure(error);
    const first = own.say(0, undefined);
    own.noteFailure(error);
    first.heard();
    assert.equal(own.say(0, undefined).signals[0]?.value, true);
  });

  it('tell of a clock that jumped, or is off the server’s time, where the hour of the device is known', () => {
    const hands = { wall: START, clock: 5_000 };
    const own = new OwnSignals({ clock: () => hands.clock, wallClock: () => hands.wall });
    const moved = (serverTime: number) =>
      own.say(serverTime, undefined).signals.find(({ name }) => name === 'clock_moved');
    assert.equal(moved(0)?.value, false);
    assert.equal(moved(START + CLOCK_BOUND)?.value, false);
    assert.equal(moved(START + CLOCK_BOUND + 1)?.value, true);
    assert.equal(moved(START - CLOCK_BOUND - 1)?.value, true);
    hands.clock += 3_600_000;
    hands.wall += 3_600_000;
    assert.equal(moved(0)?.value, false, 'time went by on both');
    hands.wall += CLOCK_BOUND + 1;
    assert.equal(moved(0)?.value, true);
    assert.deepEqual(new OwnSignals({ clock: () => 0 }).say(START, undefined).signals, [
      { name: 'pin_failure', value: false },
    ]);
  });

  it('tell of a key in software where the platform does', async () => {
    const own = new OwnSignals({ clock: () => 0 });
    const app = createApp('android');
    const { findKey } = app.adapter;
    const adapter = {
      ...app.adapter,
      findKey: async (id: string) => {
        const key = await findKey(id);
        return key && { ...key, inSoftware: true };
      },
    };
    const client = app.restart({ adapter });
    await client.refresh();
    assert.equal(saidOf(app, 'key_in_software'), undefined, 'the key was not there yet');
    app.pass(30);
    await client.refresh();
    assert.equal(saidOf(app, 'key_in_software'), true);
    for (const value of [true, false]) {
      assert.deepEqual(own.say(0, value).signals.at(-1), { name: 'key_in_software', value });
    }
  });
});
