import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as openHttp2 } from 'node:http2';
import { describe, it, type TestContext } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { LONGEST_BODY } from '../../src/stage/exchange.ts';
import type { Exchange, ExchangeAnswer } from '../../src/stage.ts';
import { type Answer, askOver, openConnect, secure } from './support/clients.ts';
import { HOST, MARKER, openWorld, PATH, type Settings, SIBLING, type World } from './support/world.ts';

const HTTP2 = { ALPNProtocols: ['h2'] };

async function openTls(t: TestContext, settings: Settings = {}, options = {}): Promise<readonly [World, TLSSocket]> {
  const world = await openWorld(t, settings);
  const socket = await secure(await openConnect(world.port), options);
  t.after(() => socket.destroy());
  return [world, socket];
}

/** One request by HTTP/2; resolves when the answer is whole. */
async function askHttp2(socket: TLSSocket, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  const session = openHttp2(`https://${HOST}`, { createConnection: () => socket });
  const stream = session.request({ ':method': 'POST', ':path': PATH, ...headers });
  stream.end(body);
  const [answered] = await once(stream, 'response');
  const chunks = await stream.toArray();
  session.close();
  return { status: answered[':status'], headers: answered, body: Buffer.concat(chunks).toString() };
}

const PROTOCOLS = [
  ['http/1.1', {}, askOver],
  ['h2', HTTP2, (socket: TLSSocket, _options: object = {}, body = '') => askHttp2(socket, {}, body)],
] as const;

for (const [protocol, options, request] of PROTOCOLS) {
  describe(`pages over ${protocol}`, () => {
    it('are small, and in clear words', async (t) => {
      const [world, socket] = await openTls(t, {}, options);
      const answer = await request(socket);
      assert.deepEqual([answer.status, answer.headers?.['content-type']], [200, 'text/plain; charset=utf-8']);
      assert.ok(answer.body?.includes('test server'));
      const [connection] = world.stage.connections();
      assert.deepEqual(
        connection?.requests.map((one) => [one.protocol, one.marked]),
        [[protocol, true]],
      );
    });

    it('lead to cleartext, keep HSTS and name HTTP/3 where the recipe says so', async (t) => {
      const http = { redirect: 'http://{host}:{plain}/{other}', hsts: true, http3: true };
      const [world, socket] = await openTls(t, { recipe: { http } }, options);
      const answer = await request(socket);
      assert.equal(answer.status, 302);
      assert.equal(answer.headers?.['location'], `http://${HOST}:${world.port}/{other}`);
      assert.equal(answer.headers?.['strict-transport-security'], 'max-age=31536000');
      assert.equal(answer.headers?.['alt-svc'], `h3=":${world.port}"; ma=3600`);
    });

    it('end the connection where the recipe says so', async (t) => {
      const [world, socket] = await openTls(t, { recipe: { http: { connection: 'close' } } }, options);
      assert.equal((await request(socket)).status, 200);
      assert.equal((await world.only()).requests.length, 1);
    });

    it('are those of whoever answers, who is told everything', async (t) => {
      const told: Exchange[] = [];
      const answer = async (exchange: Exchange): Promise<ExchangeAnswer> => {
        told.push(exchange);
        const headers = [
          ['Set-Cookie', 'a=1'],
          ['set-cookie', 'b=2'],
          ['Content-Length', '7'],
          ['connection', 'close'],
        ];
        return { status: 418, headers: headers as [string, string][], body: Buffer.from('short') };
      };
      const [, socket] = await openTls(t, { answer }, options);
      const heard = await request(socket, { method: 'POST', headers: { te: 'trailers', 'X-Own': 'value' } }, 'a body');
      assert.deepEqual([heard.status, heard.body, heard.headers?.['set-cookie']], [418, 'short', ['a=1', 'b=2']]);
      const [exchange] = told;
      assert.deepEqual(
        { ...exchange, headers: [], body: Buffer.from(exchange?.body ?? []).toString() },
        {
          ...{ connection: 1, secure: true, protocol, host: HOST, port: 443, method: 'POST', path: PATH },
          ...{ headers: [], body: 'a body' },
        },
      );
      const names = exchange?.headers.map(([name]) => name) ?? [];
      assert.ok(names.includes('host'));
      assert.ok(!names.includes('te') && !names.some((name) => name.startsWith(':')));
    });

    it('say so where whoever answers fails, or says what cannot be said', async (t) => {
      const [, socket] = await openTls(t, { answer: () => Promise.reject(new Error('secret')) }, options);
      const failed = await request(socket);
      assert.deepEqual([failed.status, failed.body], [502, 'Nobody answered.\n']);
    });

    it('refuse a body that is too long', async (t) => {
      const [, socket] = await openTls(t, { answer: () => assert.fail('asked') }, options);
      const body = 'x'.repeat(LONGEST_BODY + 1);
      assert.equal((await request(socket, { method: 'POST' }, body)).status, 413);
    });
  });
}

describe('what is seen of requests', () => {
  it('refuses headers that would begin another answer, after an upgrade too', async (t) => {
    const answer = async (): Promise<ExchangeAnswer> => ({
      ...{ status: 200, headers: [['a', 'b\r\nc: d']], body: Buffer.alloc(0) },
    });
    const [, socket] = await openTls(t, { answer });
    socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    assert.deepEqual(await socket.toArray(), []);
  });

  it('counts every request of one connection', async (t) => {
    const [world, socket] = await openTls(t);
    socket.write(
      `GET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\nGET /?${MARKER} HTTP/1.1\r\nHost: ${SIBLING}\r\nConnection: close\r\n\r\n`,
    );
    await once(socket.resume(), 'close');
    const { requests } = await world.only();
    assert.deepEqual(
      requests.map((one) => [one.marked, one.host]),
      [
        [false, HOST],
        [true, SIBLING],
      ],
    );
  });

  it('sees the authority of each stream, so that joined connections appear', async (t) => {
    const [world, socket] = await openTls(t, {}, HTTP2);
    await askHttp2(socket, { ':authority': SIBLING });
    assert.equal((await world.only()).requests[0]?.host, SIBLING);
  });

  it('has no request where only settings of HTTP/2 came', async (t) => {
    const [world, socket] = await openTls(t, {}, HTTP2);
    const session = openHttp2(`https://${HOST}`, { createConnection: () => socket });
    await once(session, 'remoteSettings');
    session.destroy();
    const connection = await world.only();
    assert.deepEqual([connection.settingsOnly, connection.applicationBytes, connection.requests], [true, 0, []]);
  });

  for (const [what, octets] of [
    ['one octet', 'G'],
    ['no HTTP', '\u0000\u0001\u0002 hello'],
    ['a head without end', 'GET / HTTP/1.1\r\nHost:'],
    ['a head that is too long', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`],
    ['a method of a proxy', 'CONNECT a:1 HTTP/1.1\r\n\r\n'],
  ] as const) {
    for (const options of [{}, HTTP2]) {
      it(`counts ${what}${options === HTTP2 ? ' under HTTP/2' : ''} as data`, async (t) => {
        const [world, socket] = await openTls(t, {}, options);
        socket.end(octets);
        const { applicationBytes, requests, settingsOnly } = await world.only();
        assert.ok(applicationBytes > 0 && applicationBytes <= octets.length);
        assert.deepEqual([requests.length, settingsOnly], [1, false]);
      });
    }
  }

  it('does not answer a WebSocket with more than a polite end', async (t) => {
    const [world, socket] = await openTls(t);
    const upgrade = 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n';
    socket.write(
      `GET ${PATH} HTTP/1.1\r\nHost: ${HOST}\r\n${upgrade}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
    const heard = Buffer.concat(await socket.toArray());
    assert.ok(heard.includes('HTTP/1.1 101 Switching Protocols\r\n'));
    // The accept value of RFC 6455 1.3 for this key.
    assert.ok(heard.includes('sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n'));
    assert.equal(heard.subarray(-4).toString('hex'), '880203e8');
    assert.deepEqual(
      (await world.only()).requests.map((one) => [one.protocol, one.marked]),
      [['websocket', true]],
    );
  });

  it('answers in HTTP/1.1 where HTTP/2 is offered by an upgrade', async (t) => {
    const [world, socket] = await openTls(t);
    socket.write(
      `GET ${PATH} HTTP/1.1\r\nHost: ${HOST}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n`,
    );
    const heard = Buffer.concat(await socket.toArray()).toString();
    assert.match(heard, /^HTTP\/1\.1 200 OK\r\n/);
    assert.deepEqual(
      (await world.only()).requests.map((one) => one.protocol),
      ['http/1.1'],
    );
  });

  it('has no body in the answer to HEAD', async (t) => {
    const [, socket] = await openTls(t);
    const answer = await askOver(socket, { method: 'HEAD' });
    assert.deepEqual([answer.status, answer.body], [200, '']);
  });

  it('survives a status and headers that cannot be said', async (t) => {
    const answers: ExchangeAnswer[] = [
      { status: 99_999, headers: [], body: Buffer.alloc(0) },
      { status: 200, headers: [['a b', 'c']], body: Buffer.alloc(0) },
    ];
    for (const one of answers) {
      for (const [, options, request] of PROTOCOLS) {
        const [world, socket] = await openTls(t, { answer: async () => one }, options);
        await Promise.race([request(socket).catch(() => undefined), once(socket, 'close')]);
        assert.equal(world.stage.connections().length, 1);
      }
    }
  });
});
