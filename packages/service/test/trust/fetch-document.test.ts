import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type FetchPlan, fetchDocument } from '../../src/trust/fetch-document.ts';
import { document, usePublisher } from './publisher.ts';

const BOUNDS = { leastMs: 1_000, usualMs: 2_000, mostMs: 3_000_000 };
const FOREVER = new AbortController().signal;
const unreachable = { family: 'upstream', code: 'service.trust_unreachable', retryable: true };

describe('fetchDocument', () => {
  const publisher = usePublisher();
  const planOf = (path: string, change: Partial<FetchPlan> = {}): FetchPlan => ({
    ...{ url: publisher.origin + path, accept: '*/*', maxBytes: 1_000, timeoutMs: 10_000, bounds: BOUNDS },
    ...change,
  });
  const get = (plan: FetchPlan, etag?: string, signal = FOREVER) => fetchDocument(fetch, plan, etag, signal);

  it('gives the document with what its headers say', async () => {
    publisher.answer('/a', document('text', { etag: '"1"', 'cache-control': 'max-age=100', age: '40' }));
    const fetched = await get(planOf('/a'));
    assert.equal(fetched.outcome, 'document');
    const { body, etag, lifetimeMs } = fetched.outcome === 'document' ? fetched : assert.fail();
    assert.deepEqual([new TextDecoder().decode(body), etag, lifetimeMs], ['text', '"1"', 60_000]);
  });

  it('tells an unchanged document by its tag', async () => {
    publisher.answer('/b', document('text', { etag: '"1"', 'cache-control': 'max-age=50' }));
    assert.deepEqual(await get(planOf('/b'), '"1"'), { outcome: 'unchanged', lifetimeMs: 50_000 });
    assert.equal((await get(planOf('/b'), '"0"')).outcome, 'document');
  });

  for (const status of [204, 206, 301, 304, 404, 429, 500, 503]) {
    it(`takes no ${status} for a document`, async () => {
      publisher.answer('/c', (_, response) => response.writeHead(status, { location: '/a' }).end());
      await assert.rejects(get(planOf('/c')), unreachable);
    });
  }

  it('takes as many bytes as allowed, after decompression, and not one more', async () => {
    publisher.answer('/d', document('x'.repeat(1_000)));
    assert.equal((await get(planOf('/d'))).outcome, 'document');
    const bomb = gzipSync(Buffer.alloc(1 << 22));
    const answers = { '/e': document('x'.repeat(1_001)), '/f': document(bomb, { 'content-encoding': 'gzip' }) };
    for (const [path, answer] of Object.entries(answers)) {
      publisher.answer(path, answer);
      await assert.rejects(get(planOf(path)), { family: 'upstream', code: 'service.trust_malformed' });
    }
  });

  it('waits neither for an answer nor for the rest of a body', async () => {
    publisher.answer('/g', () => {});
    publisher.answer('/h', (_, response) => response.writeHead(200, { 'content-length': '10' }).write('half'));
    for (const path of ['/g', '/h']) await assert.rejects(get(planOf(path, { timeoutMs: 50 })), unreachable);
  });

  it('ends when it is told to', async () => {
    publisher.answer('/i', () => stop.abort());
    const stop = new AbortController();
    await assert.rejects(get(planOf('/i'), undefined, stop.signal), unreachable);
  });

  it('tells that nobody is there', async () => {
    await assert.rejects(get(planOf('', { url: 'http://127.0.0.1:1/' })), unreachable);
  });

  it('tells of a body that was cut off', async () => {
    publisher.answer('/j', (_, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half', () => response.destroy());
    });
    await assert.rejects(get(planOf('/j')), unreachable);
  });
});
