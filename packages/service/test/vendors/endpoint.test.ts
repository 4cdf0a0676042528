import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLine } from '../../src/vendors/endpoint.ts';
import { faultOf, PATIENT } from './faults.ts';
import { json, openStandIn, realFetch } from './stand-in.ts';

const server = await openStandIn();
const hands = { now: Date.UTC(2026, 10, 21) };
const network = { fetch: realFetch, clock: () => hands.now };
const lineTo = (url: string, name = 'Vendor') => createLine(network, { name, url, ...PATIENT });

describe('a line to a vendor', () => {
  it('gives status, type and body', async () => {
    server.answer(json({ a: 1 }, 404));
    const reply = await lineTo(server.url)({ headers: { 'x-a': 'b' }, body: 'text' }, 'v1/x');
    assert.deepEqual([reply.status, reply.contentType, reply.body.toString()], [404, 'application/json', '{"a":1}']);
    const asked = server.asked.at(-1);
    assert.deepEqual([asked?.method, asked?.path, asked?.body, asked?.headers['x-a']], ['POST', '/v1/x', 'text', 'b']);
  });

  for (const url of [
    'http://example.com/',
    'https://user:word@example.com/',
    'https://example.com/?key=1',
    'ftp://127.0.0.1/',
  ]) {
    it(`refuses the address ${url}`, () => {
      assert.throws(() => lineTo(url), { code: 'service.vendor_not_configured', family: 'config' });
    });
  }

  it('follows no redirect', async () => {
    const before = server.asked.length;
    server.answer({ status: 302, headers: { location: `${server.url}elsewhere` } }, json({}));
    await faultOf(() => lineTo(server.url)({ body: '' }));
    assert.equal(server.asked.length, before + 1);
  });

  it('does not call before it was asked to', async () => {
    const call = lineTo(server.url);
    server.answer({ status: 429, headers: { 'retry-after': '30' } }, json({}));
    await faultOf(() => call({ body: '' }));
    const before = server.asked.length;
    hands.now += 29_999;
    assert.match((await faultOf(() => call({ body: '' }))).detail.found ?? '', /wait 1 ms/);
    assert.equal(server.asked.length, before);
    hands.now += 1;
    assert.equal((await call({ body: '' })).status, 200);
  });
});
