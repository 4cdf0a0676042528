import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { createAppCheckKeys } from '../../src/vendors/app-check-keys.ts';
import { describeHostile, faultOf, PATIENT } from './faults.ts';
import { JSON_TYPE, json, openStandIn, realFetch } from './stand-in.ts';

const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
const setOf = (kid: string) => ({ keys: [{ ...jwk, kid, alg: 'RS256', use: 'sig' }] });
const published = (kid: string, cacheControl = 'public, max-age=3600') => ({
  ...json(setOf(kid)),
  headers: { ...JSON_TYPE, 'cache-control': cacheControl },
});

const server = await openStandIn();
const hands = { now: Date.UTC(2026, 10, 21) };
const keys = (url = server.url, bounds = PATIENT) =>
  createAppCheckKeys({ fetch: realFetch, clock: () => hands.now }, { url, ...bounds });
const HOUR = 3_600_000;

describe('keys of App Check', () => {
  it('are fetched once for all who ask at once, and kept as the cache headers say', async () => {
    const get = keys();
    server.answer(published('a'), published('b'));
    const before = server.asked.length;
    assert.deepEqual(await Promise.all([get(), get(), get()]), [setOf('a'), setOf('a'), setOf('a')]);
    hands.now += HOUR - 1;
    assert.deepEqual(await get(), setOf('a'));
    assert.equal(server.asked.length, before + 1);
    hands.now += 1;
    assert.deepEqual(await get(), setOf('b'));
    assert.equal(server.asked.at(-1)?.method, 'GET');
  });

  it('are asked for again after five minutes at the earliest, and a day at the latest', async () => {
    for (const [cacheControl, ms] of [
      ['no-store', 300_000],
      ['max-age=31536000', 24 * HOUR],
      ['', 6 * HOUR],
    ] as const) {
      const get = keys();
      server.answer(published('a', cacheControl), published('b'));
      await get();
      hands.now += ms - 1;
      assert.deepEqual(await get(), setOf('a'), cacheControl);
      hands.now += 1;
      assert.deepEqual(await get(), setOf('b'), cacheControl);
    }
  });

  it('serve on while a new copy cannot be had, for a day and no longer', async () => {
    const get = keys();
    server.answer(published('a'), { status: 500 });
    await get();
    hands.now += HOUR;
    assert.deepEqual(await get(), setOf('a'));
    const before = server.asked.length;
    assert.deepEqual(await get(), setOf('a'));
    assert.equal(server.asked.length, before, 'asked again at once');
    hands.now += 30_000;
    assert.deepEqual(await get(), setOf('a'));
    assert.equal(server.asked.length, before + 1);
    hands.now += 24 * HOUR;
    assert.equal((await faultOf(get)).code, 'service.vendor_unavailable');
  });

  it('that cannot be used never replace those that can', async () => {
    const get = keys();
    server.answer(published('a'), json({ keys: [] }));
    await get();
    hands.now += HOUR;
    assert.deepEqual(await get(), setOf('a'));
  });

  it('that never came are not asked for more than once in half a minute', async () => {
    const get = keys();
    server.answer({ status: 500 });
    await faultOf(get);
    const before = server.asked.length;
    for (let index = 0; index < 20; index++) await faultOf(get);
    assert.equal(server.asked.length, before);
    hands.now += 30_000;
    server.answer(published('a'));
    assert.deepEqual(await get(), setOf('a'));
  });

  it('are fetched anew once the clock was set back', async () => {
    const get = keys();
    server.answer(published('a'), published('b'));
    await get();
    hands.now -= 10 * HOUR;
    assert.deepEqual(await get(), setOf('b'));
  });

  describeHostile({ ask: (url, bounds) => keys(url, bounds)(), server: () => server, secrets: [] });
});
