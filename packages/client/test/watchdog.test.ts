import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientOptions } from '@assay/client';
import { createMemoryStorage, NODE_CRYPTO } from '@assay/client/node';
import type { StatementFirstAdapter } from '../src/adapter.ts';
import { createWatch, PLATFORM_TIMEOUT, RUNTIME_TIMER } from '../src/watchdog.ts';
import { createApp } from './support/app.ts';
import { createAndroid, createIos } from './support/platform.ts';
import { API } from './support/server.ts';
import { createTimers } from './support/timers.ts';

const TIMED_OUT = { name: 'UpstreamError', code: 'client.platform_timeout', retryable: true };

describe('createWatch', () => {
  it('passes on what a call comes to in time, and leaves no timer behind', async () => {
    const timers = createTimers();
    const watch = createWatch(timers.timer);
    assert.equal(await watch(async () => 7), 7);
    await assert.rejects(
      watch(() => Promise.reject(new Error('locked'))),
      { message: 'locked' },
    );
    const throws = (): Promise<never> => {
      throw new Error('at once');
    };
    await assert.rejects(watch(throws), { message: 'at once' });
    assert.deepEqual([timers.running, timers.waits], [0, [30_000, 30_000, 30_000]]);
  });

  it('ends with a typed, retryable error, and hands on what comes late', async () => {
    const timers = createTimers();
    const late = Promise.withResolvers<number>();
    const handed = Promise.withResolvers<number>();
    const outcome = createWatch(timers.timer)(() => late.promise, handed.resolve);
    timers.ring();
    await assert.rejects(outcome, TIMED_OUT);
    late.resolve(7);
    assert.equal(await handed.promise, 7);
  });

  it('takes a late rejection in silence', async () => {
    const timers = createTimers();
    const late = Promise.withResolvers<number>();
    const outcome = createWatch(timers.timer)(() => late.promise);
    timers.ring();
    await assert.rejects(outcome, TIMED_OUT);
    late.reject(new Error('too late'));
    await assert.rejects(late.promise);
  });

  it('refuses a time that is none', () => {
    const { min, max } = PLATFORM_TIMEOUT;
    for (const wrong of [0, -1, min - 1, max + 1, 1500.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => createWatch(RUNTIME_TIMER, wrong), { code: 'client.options_invalid' }, String(wrong));
    }
  });

  it('has the timers of the runtime', async () => {
    const rung = Promise.withResolvers<void>();
    RUNTIME_TIMER(0, () => assert.fail('a cancelled timer'))();
    RUNTIME_TIMER(1, rung.resolve);
    await rung.promise;
  });
});

type Hang = () => Promise<never>;

/** Each call into the platform that an enrolment makes, as one that never returns. */
const HANGING: readonly (readonly [string, 'android' | 'ios', (hang: Hang) => Partial<ClientOptions>])[] = [
  ['createKey', 'ios', (hang) => ({ adapter: { ...createIos().adapter, createKey: hang } })],
  ['createAnchor', 'ios', (hang) => ({ adapter: { ...createIos().adapter, createAnchor: hang } })],
  ['attest', 'ios', (hang) => ({ adapter: { ...createIos().adapter, attest: hang } })],
  ['attestNewKey', 'android', (hang) => ({ adapter: { ...createAndroid().adapter, attestNewKey: hang } })],
  ['sign', 'android', (hang) => ({ adapter: withKeyThatHangs(hang) })],
  ['createEncryptionKey', 'android', (hang) => ({ crypto: { ...NODE_CRYPTO, createEncryptionKey: hang } })],
];

function withKeyThatHangs(sign: Hang): StatementFirstAdapter {
  const { adapter } = createAndroid();
  const attestNewKey = async (binding: string) => {
    const { key, evidence } = await adapter.attestNewKey(binding);
    return { key: { ...key, sign }, evidence };
  };
  return { ...adapter, attestNewKey };
}

describe('a platform that never returns', () => {
  for (const [call, kind, changesFor] of HANGING) {
    it(`${call}: the client waits, and asks again later`, async () => {
      const timers = createTimers();
      const app = createApp(kind, { timer: timers.timer, platformTimeoutMs: 5_000 });
      const asked = app.restart(changesFor(timers.hang)).token(API);
      await timers.called;
      timers.ring();
      const outcome = await asked;
      assert.equal(outcome.kind === 'wait' && outcome.code, 'client.platform_timeout');
      assert.ok(timers.waits.every((wait) => wait === 5_000));
      app.pass(120);
      assert.equal((await app.restart().token(API)).kind, 'ok');
      assert.equal(timers.running, 0);
    });
  }

  it('findKey: the key is kept', async () => {
    const timers = createTimers();
    const app = createApp('android', { timer: timers.timer });
    await app.client.refresh();
    const adapter = { ...createAndroid().adapter, findKey: timers.hang };
    const asked = app.restart({ adapter }).token(API);
    await timers.called;
    timers.ring();
    const outcome = await asked;
    assert.equal(outcome.kind === 'wait' && outcome.code, 'client.platform_timeout');
    app.pass(120);
    assert.equal((await app.restart().token(API)).kind, 'ok');
    assert.deepEqual(
      app.server.requests.map(({ statement }) => statement.purpose),
      ['enrol', 'refresh'],
    );
  });

  it('storage: the call rejects, typed and retryable', async () => {
    const timers = createTimers();
    const app = createApp('android', { timer: timers.timer });
    const asked = app.restart({ storage: { ...createMemoryStorage(), get: timers.hang } }).token(API);
    await timers.called;
    timers.ring();
    await assert.rejects(asked, TIMED_OUT);
  });

  it('the key of a proof: the call rejects alike, and the next one has it again', async () => {
    const timers = createTimers();
    let isHanging = false;
    const { adapter } = createAndroid();
    const moody: StatementFirstAdapter = {
      ...adapter,
      attestNewKey: async (binding) => {
        const { key, evidence } = await adapter.attestNewKey(binding);
        return { key: { ...key, sign: (bytes) => (isHanging ? timers.hang() : key.sign(bytes)) }, evidence };
      },
    };
    const app = createApp('android', { timer: timers.timer, adapter: moody });
    await app.client.token(API);
    isHanging = true;
    const called = app.client.fetch(new Request(`${API}/accounts`));
    await timers.called;
    timers.ring();
    await assert.rejects(called, TIMED_OUT);
    isHanging = false;
    assert.equal((await app.client.fetch(new Request(`${API}/accounts`))).kind, 'ok');
  });

  it('removes a key that was made too late', async () => {
    const timers = createTimers();
    const { adapter, platform } = createAndroid();
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const removed = Promise.withResolvers<string>();
    const slow: StatementFirstAdapter = {
      ...adapter,
      attestNewKey: async (binding) => {
        begun.resolve();
        await gate.promise;
        return adapter.attestNewKey(binding);
      },
      removeKey: async (id) => {
        await adapter.removeKey(id);
        removed.resolve(id);
      },
    };
    const asked = createApp('android', { timer: timers.timer, adapter: slow }).client.token(API);
    await begun.promise;
    timers.ring();
    assert.equal((await asked).kind, 'wait');
    gate.resolve();
    await removed.promise;
    assert.equal(platform.keys.size, 0);
  });
});
