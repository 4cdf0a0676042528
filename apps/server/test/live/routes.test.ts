import assert from 'node:assert/strict';
import { get } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { type LiveServer, startServer } from './server.ts';

const FILES = ['', 'live.css', 'live.js', 'chart.js', 'rows.js', 'icon.svg'];
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

describe('the routes of the live page', () => {
  let server: LiveServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.stop());

  for (const name of [...FILES, 'events']) {
    it(`/live/${name} comes with a strict policy, and is neither stored nor framed`, async () => {
      const abort = new AbortController();
      const answer = await fetch(`${server.url}${name}`, { signal: abort.signal });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-security-policy'), POLICY);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
      abort.abort();
    });
  }

  it('holds no inline script, no inline style, and no address of others', async () => {
    const page = await (await fetch(server.url)).text();
    assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=/i);
    for (const name of FILES.slice(0, 5)) {
      const text = await (await fetch(`${server.url}${name}`)).text();
      assert.doesNotMatch(text.replaceAll('http://www.w3.org/2000/svg', ''), /https?:\/\/|@import|innerHTML|eval\(/);
    }
  });

  it('is where the listener leads to', async () => {
    const answer = await fetch(new URL('/', server.url), { redirect: 'manual' });
    assert.deepEqual([answer.status, answer.headers.get('location')], [302, '/live/']);
  });

  it('answers by no foreign name: a page on another site cannot read the feed', async () => {
    for (const path of ['/live/', '/live/events'])
      assert.equal(await statusFor(new URL(path, server.url), 'evil.example'), 421);
  });

  it('lets a page that has gone leave, so that others have room', async () => {
    for (let count = 0; count < 40; count++) {
      const abort = new AbortController();
      const answer = await fetch(`${server.url}events`, { signal: abort.signal });
      assert.equal(answer.status, 200);
      abort.abort();
    }
  });
});

/** `fetch` sets `Host` by itself. */
function statusFor(url: URL, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (response) => {
      response.destroy();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}
