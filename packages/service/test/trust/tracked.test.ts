import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError, UpstreamError } from '@assay/core';
import { createTracked, type Source, type TrustCopies } from '../../src/trust/tracked.ts';
import { document, memoryCopies, usePublisher } from './publisher.ts';

const NOW = 1_790_000_000_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BOUNDS = { leastMs: MINUTE, usualMs: HOUR, mostMs: 24 * HOUR };
const { signal } = new AbortController();

/** A number, and only ever a higher one. */
function numberSource(url: string): Source<number> {
  return {
    ...{ name: 'google-status', url, accept: '*/*', maxBytes: 100, timeoutMs: 5_000, bounds: BOUNDS },
    decode: (bytes) => new TextDecoder().decode(bytes),
    parse: (text) => {
      if (/^\d+$/.test(text)) return Number(text);
      throw new UpstreamError('service.trust_malformed', 'no number', true);
    },
    assertSuccessor: (next, held) => {
      if (next < held) throw new RequestError('service.advisories_rollback', 'it went back');
    },
  };
}

describe('a tracked document', () => {
  const publisher = usePublisher();
  let paths = 0;

  function setUp(store: TrustCopies = memoryCopies(), at = { now: NOW }) {
    paths += 1;
    const path = `/${paths}`;
    const random = (length: number) => new Uint8Array(length);
    const ports = { fetch: (request: Request) => fetch(request), clock: () => at.now, random };
    const source = numberSource(publisher.origin + path);
    const tracked = createTracked(source, ports);
    const asked = () => publisher.asked.filter((each) => each.split(' ', 1)[0] === path);
    return { path, at, store, source, ports, tracked, asked, refresh: () => tracked.refresh(store, signal) };
  }

  it('is fetched, kept, and fetched again when it has aged', async () => {
    const { path, at, store, tracked, refresh, asked } = setUp();
    publisher.answer(path, document('1', { 'cache-control': 'max-age=1800' }));
    assert.equal(tracked.held(), undefined);
    await refresh();
    assert.equal(tracked.held()?.value, 1);
    assert.equal((await store.trustCopy('google-status'))?.body, '1');
    publisher.answer(path, document('2'));
    at.now += HOUR / 2 - 1;
    await refresh();
    assert.deepEqual([tracked.held()?.value, asked().length], [1, 1], 'fresh yet');
    at.now += 1;
    await refresh();
    assert.equal(tracked.held()?.value, 2);
  });

  it('is not sent again while it is unchanged, and counts as confirmed', async () => {
    const { path, at, store, tracked, refresh, asked } = setUp();
    publisher.answer(path, document('1', { etag: '"x"', 'cache-control': 'max-age=60' }));
    await refresh();
    at.now += 2 * MINUTE;
    await refresh();
    assert.deepEqual(asked(), [path, `${path} "x"`]);
    assert.equal(tracked.held()?.copy.fetchedAt, at.now);
    assert.equal((await store.trustCopy('google-status'))?.fetchedAt, at.now);
  });

  it('outlives its publisher, which is asked less and less', async () => {
    const { path, at, tracked, refresh, asked } = setUp();
    publisher.answer(path, document('1', { 'cache-control': 'max-age=60' }));
    await refresh();
    publisher.answer(path, (_, response) => response.writeHead(503).end());
    at.now += MINUTE;
    const pauses: number[] = [];
    for (let round = 0; round < 9; round++) {
      await refresh();
      const { nextAt, error, failures } = tracked.attempts();
      assert.deepEqual([error, failures], ['service.trust_unreachable', round + 1]);
      pauses.push((nextAt - at.now) / MINUTE);
      await refresh();
      at.now = nextAt;
    }
    assert.deepEqual(pauses, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    assert.equal(asked().length, 10, 'not before its time');
    assert.equal(tracked.held()?.value, 1);
    publisher.answer(path, document('2'));
    await refresh();
    assert.deepEqual([tracked.held()?.value, tracked.attempts().error], [2, undefined]);
  });

  it('stays when what is published instead cannot be read, or may not follow', async () => {
    const { path, at, store, tracked, refresh } = setUp();
    publisher.answer(path, document('5'));
    await refresh();
    for (const [text, code] of [
      ['{}', 'service.trust_malformed'],
      ['', 'service.trust_malformed'],
      ['4', 'service.advisories_rollback'],
    ] as const) {
      publisher.answer(path, document(text));
      at.now += 2 * HOUR;
      await refresh();
      assert.equal(tracked.attempts().error, code);
      assert.equal(tracked.held()?.value, 5);
      assert.equal((await store.trustCopy('google-status'))?.body, '5');
    }
  });

  it('is shared: what another replica fetched is taken, and nobody is asked', async () => {
    const first = setUp();
    publisher.answer(first.path, document('1'));
    await first.refresh();
    const second = setUp(first.store, first.at);
    await second.refresh();
    assert.equal(second.tracked.held()?.value, 1);
    assert.deepEqual(second.asked(), []);
    first.at.now += HOUR;
    publisher.answer(first.path, document('2'));
    await first.refresh();
    await second.tracked.load(second.store);
    assert.equal(second.tracked.held()?.value, 2);
  });

  it('is there after a restart, without a network', async () => {
    const store = memoryCopies();
    await store.keepTrustCopy({
      source: 'google-status',
      body: '7',
      etag: null,
      fetchedAt: NOW - HOUR,
      freshUntil: NOW,
    });
    const { tracked, refresh } = setUp(store);
    await tracked.load(store);
    assert.equal(tracked.held()?.value, 7);
    await refresh();
    assert.deepEqual([tracked.held()?.value, tracked.attempts().error], [7, 'service.trust_unreachable']);
  });

  it('passes over a stored copy that this version cannot read, or that went back', async () => {
    const store = memoryCopies();
    const row = { source: 'google-status', etag: '"y"', freshUntil: NOW + HOUR };
    await store.keepTrustCopy({ ...row, body: 'what?', fetchedAt: NOW });
    const { path, at, tracked, refresh, asked } = setUp(store);
    await tracked.load(store);
    assert.equal(tracked.held(), undefined);
    publisher.answer(path, document('3'));
    await refresh();
    assert.equal(tracked.held()?.value, 3);
    assert.deepEqual(asked(), [path], 'without the tag of a copy that is not held');
    await store.keepTrustCopy({ ...row, body: '2', fetchedAt: at.now + 1 });
    await tracked.load(store);
    assert.equal(tracked.held()?.value, 3);
  });

  it('is in force although the store cannot keep it', async () => {
    const store = memoryCopies();
    const away = () => Promise.reject(new UpstreamError('store.unavailable', 'away', true));
    const { path, tracked, refresh } = setUp({ ...store, keepTrustCopy: away, trustCopy: away });
    publisher.answer(path, document('1'));
    await refresh();
    assert.deepEqual([tracked.held()?.value, tracked.attempts().error], [1, 'store.unavailable']);
  });

  it('is asked for when the clock was set back, and by a copy from the future', async () => {
    const { path, at, tracked, refresh, asked } = setUp();
    publisher.answer(path, document('1'));
    await refresh();
    at.now -= 24 * HOUR;
    await refresh();
    assert.equal(asked().length, 2);
    assert.equal(tracked.held()?.copy.fetchedAt, at.now);
  });

  it('is not put off, nor replaced, by a copy that a wrong clock or a stranger left in the store', async () => {
    const store = memoryCopies();
    const row = { source: 'google-status', etag: null };
    await store.keepTrustCopy({ ...row, body: '6', fetchedAt: NOW, freshUntil: NOW + 10_000 * HOUR });
    const { path, at, tracked, refresh } = setUp(store);
    publisher.answer(path, document('7'));
    await refresh();
    assert.equal(tracked.held()?.value, 6, 'for a day, at most');
    assert.equal(tracked.attempts().nextAt, NOW + BOUNDS.mostMs);
    at.now += BOUNDS.mostMs;
    await refresh();
    assert.equal(tracked.held()?.value, 7);
    await store.keepTrustCopy({ ...row, body: '9', fetchedAt: at.now + 2 * HOUR, freshUntil: at.now + 9 * HOUR });
    await tracked.load(store);
    assert.equal(tracked.held()?.value, 7);
  });

  it('spreads the next attempts of many by a tenth', async () => {
    const { path, at, store, source, ports } = setUp();
    publisher.answer(path, document('1', { 'cache-control': 'max-age=1000' }));
    const random = (length: number) => new Uint8Array(length).fill(0xff);
    const tracked = createTracked(source, { ...ports, random });
    await tracked.refresh(store, signal);
    assert.equal(tracked.attempts().nextAt - at.now, 1_100_000);
  });
});
