import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLine } from '../../src/vendors/endpoint.ts';
import { faultOf, SHORT } from './faults.ts';
import { json, openStandIn, realFetch } from './stand-in.ts';

const server = await openStandIn();
const hands = { now: Date.UTC(2026, 10, 21) };
const network = { fetch: realFetch, clock: () => hands.now };
const lineTo = (url: string, name = 'Vendor') => createLine(network, { name, url, ...SHORT });

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

  const waits: readonly (readonly [string, number, () => string, number])[] = [
    ['seconds', 429, () => '30', 30_000],
    ['a date', 503, () => new Date(hands.now + 60_000).toUTCString(), 60_000],
    ['more than ten minutes', 503, () => '86400', 600_000],
  ];
  for (const [name, status, value, wait] of waits) {
    it(`waits as it was asked to, by ${name}`, async () => {
      const call = lineTo(server.url);
      server.answer({ status, headers: { 'retry-after': value() } }, json({}));
      await faultOf(() => call({ body: '' }));
      const before = server.asked.length;
      hands.now += wait - 1;
      assert.match((await faultOf(() => call({ body: '' }))).detail.found ?? '', /wait 1 ms/);
      assert.equal(server.asked.length, before);
      hands.now += 1;
      assert.equal((await call({ body: '' })).status, 200);
    });
  }

  it('takes no wish out of other statuses, nor one that it cannot read', async () => {
    const call = lineTo(server.url);
    for (const answer of [
      { status: 500, headers: { 'retry-after': '60' } },
      { status: 429, headers: { 'retry-after': 'soon' } },
      { status: 429 },
    ]) {
      server.answer(answer, json({}));
      await faultOf(() => call({ body: '' }));
      assert.equal((await call({ body: '' })).status, 200);
    }
  });

  it('a clock that is set back does not lengthen a wait', async () => {
    const call = lineTo(server.url);
    server.answer({ status: 429, headers: { 'retry-after': '60' } }, json({}));
    await faultOf(() => call({ body: '' }));
    hands.now -= 86_400_000;
    assert.match((await faultOf(() => call({ body: '' }))).detail.found ?? '', /wait 600000 ms/);
    hands.now += 86_400_000 + 60_000;
    assert.equal((await call({ body: '' })).status, 200);
  });
});
