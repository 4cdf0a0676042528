import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createJwksSource } from '../../src/keys/jwks-source.ts';
import { toJwksDocument } from '../../src/keys/ring.ts';
import { generateSigningKey, type SigningKey } from '../../src/signing-key.ts';
import { ISS, NOW, withCode } from '../kit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const [a, b] = [generateSigningKey().key, generateSigningKey().key];

/** An issuer whose JWKS can be changed or broken, under a clock that can be moved. */
function createIssuer(keys: readonly SigningKey[]) {
  const state = {
    ...{ now: NOW, fetches: 0, failures: 0, onFailure: (): void | Promise<void> => undefined },
    answer: () => new Response(toJwksDocument(keys).body),
  };
  const source = createJwksSource({
    fetch: async () => {
      state.fetches += 1;
      return state.answer();
    },
    url: `${ISS}/v1/jwks`,
    clock: () => state.now,
    onFailure: () => {
      state.failures += 1;
      return state.onFailure();
    },
  });
  const publish = (...next: readonly SigningKey[]) => {
    state.answer = () => new Response(toJwksDocument(next).body);
  };
  const fail = (status = 503) => {
    state.answer = () => new Response('', { status });
  };
  return { state, source, publish, fail };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('createJwksSource', () => {
  it('fetches once for all that ask at the start, and then answers at once', async () => {
    const { state, source } = createIssuer([a]);
    assert.equal(source.current(a.kid), undefined);
    const found = await Promise.all([source.find(a.kid), source.find(a.kid)]);
    assert.ok(found.every((key) => key !== undefined));
    assert.equal(source.current(a.kid), found[0]);
    assert.equal(state.fetches, 1);
  });

  it('fetches at most four times in two minutes of 100 000 unknown names, and known keys do not suffer', async () => {
    const { state, source } = createIssuer([a]);
    await source.find(a.kid);
    state.fetches = 0;
    state.now += 30_000;
    for (let round = 0; round < 100_000; round += 1) {
      state.now += 1.2;
      assert.equal(await source.find(`random-${round}`), undefined);
      if (round % 1000 === 0) assert.ok((await source.find(a.kid)) !== undefined);
    }
    assert.ok(state.fetches <= 4, `${state.fetches} fetches`);
  });

  it('finds a new key after the cooldown', async () => {
    const { state, source, publish } = createIssuer([a]);
    await source.find(a.kid);
    publish(a, b);
    assert.equal(await source.find(b.kid), undefined);
    state.now += 30_000;
    assert.ok((await source.find(b.kid)) !== undefined);
  });

  it('refreshes in the background, and then no longer knows a key that was withdrawn', async () => {
    const { state, source, publish } = createIssuer([a, b]);
    await source.find(a.kid);
    publish(b);
    state.now += 5 * MINUTE;
    assert.ok(source.current(a.kid) !== undefined);
    await settle();
    await settle();
    assert.equal(source.current(a.kid), undefined);
    assert.ok(source.current(b.kid) !== undefined);
  });

  it('keeps the last good set through failures, for a day, and then refuses', async () => {
    const { state, source, fail, publish } = createIssuer([a]);
    await source.find(a.kid);
    for (const breaks of [() => fail(), () => publish(), () => fail(302)]) {
      breaks();
      state.now += HOUR;
      assert.ok((await source.find(a.kid)) !== undefined);
      await settle();
      await settle();
    }
    assert.ok(state.failures >= 2);
    state.now = NOW + 24 * HOUR;
    assert.equal(source.current(a.kid), undefined);
    await assert.rejects(source.find(a.kid), withCode('tokens.jwks_unavailable'));
    publish(a);
    state.now += MINUTE;
    assert.ok((await source.find(a.kid)) !== undefined);
  });

  it('refuses while it never had a set', async () => {
    const { source, fail } = createIssuer([a]);
    fail();
    await assert.rejects(source.find(a.kid), withCode('tokens.jwks_unavailable'));
  });

  it('goes on when the clock is set back, and gives no set more than its day', async () => {
    const { state, source, publish, fail } = createIssuer([a]);
    state.now = NOW + 30 * 24 * HOUR;
    await source.find(a.kid);
    state.now = NOW;
    publish(a, b);
    assert.ok((await source.find(b.kid)) !== undefined, 'an unknown name is looked up');
    state.now = NOW - HOUR;
    publish(b);
    assert.ok(source.current(a.kid) !== undefined, 'the last good set stays in use');
    await settle();
    await settle();
    assert.equal(source.current(a.kid), undefined, 'and is refreshed in the background');
    fail();
    state.now = NOW - 25 * HOUR;
    assert.ok(source.current(b.kid) !== undefined);
    state.now = NOW - HOUR;
    assert.equal(source.current(b.kid), undefined);
  });

  it('is not stopped by whoever is told about failures', async () => {
    const { state, source, fail } = createIssuer([a]);
    await source.find(a.kid);
    fail();
    const tellers = [() => assert.fail('a log that is full'), () => Promise.reject(new Error('a log far away'))];
    for (const onFailure of tellers) {
      state.onFailure = onFailure;
      state.now += HOUR;
      assert.ok((await source.find(a.kid)) !== undefined);
      state.now += MINUTE;
      assert.equal(await source.find('unknown'), undefined);
    }
    await settle();
    assert.ok(state.failures >= 2);
  });

  it('does not read an endless answer', async () => {
    const { state, source } = createIssuer([a]);
    state.answer = () => new Response('x'.repeat(70_000));
    await assert.rejects(source.find(a.kid), withCode('tokens.jwks_unavailable'));
    assert.equal(state.failures, 1);
  });

  it('asks only addresses that nobody on the way can answer for', () => {
    const create = (url: string) => createJwksSource({ fetch: async () => new Response(), url, clock: () => NOW });
    for (const url of ['http://attest.example.com/jwks', 'http://localhost.evil.example/', 'ftp://a/', 'jwks', '']) {
      assert.throws(() => create(url), withCode('tokens.config_invalid'));
    }
    create('http://localhost:3000/jwks');
    create('http://127.0.0.1/jwks');
  });
});
