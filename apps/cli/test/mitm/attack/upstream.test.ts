import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { WireRequest } from '@assay/mitm/attacks';
import { createForward, createRaw } from '../../../src/mitm/attack/upstream.ts';

const HOST = 'api.assay.test';
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const { method, url, rawHeaders } = request;
    if (url === '/drips') return void setInterval(() => response.write('.'), 10).unref();
    if (url === '/ends-early')
      return void response.writeHead(200, { 'content-length': 9 }).write('.', () => response.destroy());
    if (url === '/is-silent') return undefined;
    if (url === '/is-long') return void response.end('.'.repeat(2000));
    response.setHeader('dpop-nonce', 'n');
    response.end(JSON.stringify({ method, url, rawHeaders, body: Buffer.concat(parts).toString() }));
  });
});
let ports: ReadonlyMap<string, number>;

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  ports = new Map([[HOST, typeof address === 'object' ? (address?.port ?? 0) : 0]]);
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const request: WireRequest = {
  ...{ host: HOST, method: 'POST', target: '/v1%2fx?a=%20', body: new TextEncoder().encode('longer than before') },
  headers: [
    ['host', 'evil.example'],
    ['Authorization', 'DPoP one'],
    ['authorization', 'Bearer two'],
    ['content-length', '3'],
    ['x-forwarded-for', '10.0.0.1'],
  ],
};

describe('what the attacker sends', () => {
  it('arrives header by header, repeated ones too, with the length that it has', async () => {
    const answer = await createForward(ports, () => '203.0.113.1')(request);
    const { method, url, rawHeaders, body } = JSON.parse(new TextDecoder().decode(answer.body));
    assert.deepEqual([method, url, body], ['POST', '/v1%2fx?a=%20', 'longer than before']);
    const text: string = rawHeaders.join(' ');
    assert.match(text, /Authorization DPoP one authorization Bearer two/);
    assert.match(text, /^host api\.assay\.test /);
    assert.match(text, /content-length 18 connection close x-forwarded-for 203\.0\.113\.1$/);
    assert.ok(answer.headers.some(([name, value]) => name === 'dpop-nonce' && value === 'n'));
    assert.ok(!answer.headers.some(([name]) => name.toLowerCase() === 'connection'));
  });

  it('goes nowhere else than to the hosts of the lab', async () => {
    await assert.rejects(async () => createForward(ports, () => undefined)({ ...request, host: 'example.com' }));
    await assert.rejects(async () => createRaw(ports)('example.com', ''));
  });

  it('is answered within bounds, or not at all', async () => {
    const forward = createForward(ports, () => undefined, { milliseconds: 300, octets: 1000 });
    for (const [target, why] of [
      ['/drips', /in time/],
      ['/is-silent', /in time/],
      ['/is-long', /too long/],
      ['/ends-early', /broke off|aborted/],
    ] as const) {
      await assert.rejects(forward({ ...request, target }), why, target);
    }
  });

  it('may be octets that are no request at all', async () => {
    assert.match(await createRaw(ports)(HOST, 'nonsense\r\n\r\n'), /^HTTP\/1\.1 400 /);
  });
});
