import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer, type Server, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, it, type TestContext } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { toPem } from '@assay/formats';
import { openLog } from '../../src/stage/log.ts';
import { carry } from '../../src/stage/tunnel.ts';
import { ask, openConnect, Wire } from './support/clients.ts';
import { forge, HOST, openWorld } from './support/world.ts';

/** Servers of these tests listen on this machine. */
const PASSED = { others: 'passed-through', mayPass: () => true } as const;
const FORBIDDEN = /^HTTP\/1\.1 403 Forbidden\r\n/;

async function listen(t: TestContext, server: Server, at = '127.0.0.1'): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, at, resolve));
  t.after(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** An address of this machine that is not loopback; loopback where it has no other. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';
}

const isIPv6Here = (): boolean =>
  Object.values(networkInterfaces()).some((each) => each?.some(({ family }) => family === 'IPv6'));

/** Says back what it hears. */
function openEcho(t: TestContext): Promise<number> {
  return listen(
    t,
    createServer((socket) => socket.on('error', () => {}).pipe(socket)),
  );
}

function openPages(t: TestContext, seen: IncomingMessage[]): Promise<number> {
  const server = createHttpServer((request, response) => {
    seen.push(request);
    response.setHeader('keep-alive', 'timeout=9');
    response.end('the real page');
  });
  return listen(t, server);
}

async function openGenuine(t: TestContext): Promise<number> {
  const { chain, key } = await forge();
  const cert = chain.map((der) => toPem(der, 'CERTIFICATE')).join('');
  const server = createTlsServer({ cert, key: key.export({ type: 'pkcs8', format: 'pem' }) }, (socket) => {
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 7\r\nconnection: close\r\n\r\ngenuine');
  });
  return await listen(
    t,
    server.on('tlsClientError', () => {}),
  );
}

describe('hosts that nobody named', () => {
  it('are refused by a proxy, in words', async (t) => {
    const world = await openWorld(t);
    const wire = new Wire(world.port).say('CONNECT stranger.example.test:443 HTTP/1.1\r\n\r\n');
    const heard = (await wire.hearAll()).toString();
    assert.match(heard, FORBIDDEN);
    assert.match(heard, /\r\n\r\n.*stranger\.example\.test is none\.\n$/);
    const { stranger, host, applicationBytes } = await world.only();
    assert.deepEqual([stranger, host, applicationBytes], [true, 'stranger.example.test', 0]);
  });

  for (const request of [
    'GET http://stranger.example.test/ HTTP/1.1\r\nHost: stranger.example.test\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: stranger.example.test\r\n\r\n',
  ]) {
    it(`are refused in cleartext: ${request.split('\r\n')[0]}`, async (t) => {
      const world = await openWorld(t);
      assert.match((await new Wire(world.port).say(request).hearAll()).toString(), FORBIDDEN);
      const { stranger, applicationBytes, requests } = await world.only();
      assert.deepEqual([stranger, applicationBytes, requests], [true, 0, []]);
    });
  }

  it('are refused whatever Host says beside them', async (t) => {
    const world = await openWorld(t, { forgedFor: () => assert.fail('asked') });
    const request = `CONNECT stranger.example.test:443 HTTP/1.1\r\nHost: ${HOST}:443\r\n\r\n`;
    assert.match((await new Wire(world.port).say(request).hearAll()).toString(), FORBIDDEN);
    const clear = `GET http://stranger.example.test/ HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`;
    assert.match((await new Wire(world.port).say(clear).hearAll()).toString(), FORBIDDEN);
    assert.ok((await world.ended(2)).every(({ stranger, requests }) => stranger && requests.length === 0));
  });

  for (const request of [
    'CONNECT',
    'CONNECT  HTTP/1.1',
    'CONNECT a b HTTP/1.1',
    `CONNECT ${HOST}:443 HTTP/3.0`,
    'CONNECT a:0 HTTP/1.1',
  ]) {
    it(`and requests that are none: ${request}`, async (t) => {
      const world = await openWorld(t, { timeouts: { handshakeMs: 100, idleMs: 100 } });
      const heard = await new Wire(world.port).say(`${request}\r\n\r\n`).hearAll();
      assert.doesNotMatch(heard.toString(), / 200 /);
      assert.equal((await world.only()).handshake, 'none');
    });
  }

  it('are carried untouched where that is wished', async (t) => {
    const port = await openGenuine(t);
    const world = await openWorld(t, { ...PASSED, forgedFor: () => assert.fail('asked') });
    const wire = await openConnect(world.port, `localhost:${port}`);
    assert.equal((await ask(wire)).body, 'genuine');
    const { stranger, host, records, hello, applicationBytes } = await world.only();
    assert.deepEqual([stranger, host, records, hello, applicationBytes], [true, 'localhost', [], undefined, 0]);
  });

  it('are carried from an address too, where no name of ours is within', async (t) => {
    const [port, pages] = [await openGenuine(t), await openPages(t, [])];
    const world = await openWorld(t, { ...PASSED, hosts: ['other.example.test'] });
    assert.equal((await ask(await openConnect(world.port, `127.0.0.1:${port}`))).body, 'genuine');
    const wire = await openConnect(world.port, `127.0.0.1:${pages}`);
    const heard = await wire.say('GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n').hearAll();
    assert.match(heard.toString(), /the real page$/);
    assert.ok((await world.ended(2)).every(({ stranger, applicationBytes }) => stranger && applicationBytes === 0));
  });

  it('are passed on in cleartext, request by request', async (t) => {
    const seen: IncomingMessage[] = [];
    const port = await openPages(t, seen);
    const world = await openWorld(t, PASSED);
    const head = `POST http://localhost:${port}/path?query HTTP/1.1\r\nHost: localhost:${port}\r\n`;
    const headers = 'Proxy-Authorization: Basic secret\r\nX-Own: value\r\nContent-Length: 4\r\n\r\nbody';
    const heard = (await new Wire(world.port).say(head + headers).hearAll()).toString();
    assert.match(heard, /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nthe real page$/);
    assert.doesNotMatch(heard, /timeout=9/);
    assert.deepEqual([seen[0]?.url, seen[0]?.headers['x-own']], ['/path?query', 'value']);
    assert.equal(seen[0]?.headers['proxy-authorization'], undefined);
    assert.equal((await world.only()).stranger, true);
  });

  it('are told from ours on one connection', async (t) => {
    const world = await openWorld(t, { recipe: { http: { cleartext: 'answered' } } });
    const requests = [HOST, 'stranger.example.test'].map(
      (host) => `GET http://${host}/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    );
    const heard = (await new Wire(world.port).say(requests.join('')).hearAll()).toString();
    assert.deepEqual(heard.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 200', 'HTTP/1.1 403']);
    assert.deepEqual(
      (await world.only()).requests.map(({ host }) => host),
      [HOST],
    );
  });

  it('are named to whom they are passed on by the address alone, with the framing that they came in', async (t) => {
    const seen: IncomingMessage[] = [];
    const port = await openPages(t, seen);
    const world = await openWorld(t, PASSED);
    const head = `GET http://LOCALHOST:${port}/ HTTP/1.1\r\nHost: other.example.test\r\nX-Hop: 1\r\n`;
    const body = 'Connection: X-Hop, Content-Length\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n';
    const heard = (await new Wire(world.port).say(head + body).hearAll()).toString();
    assert.match(heard, /the real page$/);
    assert.deepEqual(
      seen.map(({ headers }) => [headers.host, headers['x-hop'], headers['transfer-encoding']]),
      [[`localhost:${port}`, undefined, 'chunked']],
    );
  });

  it('are not sent in clear what was meant to be encrypted', async (t) => {
    const seen: IncomingMessage[] = [];
    const port = await openPages(t, seen);
    const world = await openWorld(t, PASSED);
    const request = `GET https://localhost:${port}/ HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`;
    assert.match((await new Wire(world.port).say(request).hearAll()).toString(), FORBIDDEN);
    assert.deepEqual(seen, []);
  });

  it('may answer what HTTP cannot say', async (t) => {
    const port = await listen(
      t,
      createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n')),
    );
    const world = await openWorld(t, PASSED);
    const request = `GET http://localhost:${port}/ HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    assert.doesNotMatch((await new Wire(world.port).say(request).hearAll()).toString(), / 200 /);
    await world.only();
  });

  it('have said all that they had to say, however slowly it is read', async () => {
    class Slow extends Socket {
      goOn = (): void => {};
      override _write(_octets: Buffer, _encoding: BufferEncoding, written: () => void): void {
        this.goOn = written;
      }
      override _read(): void {}
    }
    const [client, way] = [new Slow(), new Slow()];
    let finished = 0;
    const nothing = (): void => {};
    const finish = (): void => void finished++;
    const line = {
      socket: client,
      over: Promise.resolve(),
      goodbye: nothing,
      within: nothing,
      settled: nothing,
      finish,
      quietFor: nothing,
    };
    carry({ line, log: openLog(1, 'connect', Date.now, nothing), order: { timeouts: { idleMs: 1 } } }, way);
    way.push('the rest');
    way.push(null);
    way.end();
    await once(way, 'close');
    assert.equal(finished, 0);
    client.goOn();
    await once(client, 'finish');
    assert.equal(finished, 1);
  });

  for (const target of ['localhost', '127.0.0.1', '127.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '[::]', 'own']) {
    it(`do not listen on this machine: ${target}`, async (t) => {
      let heard = 0;
      const server = createServer((socket) => socket.on('error', () => {}).on('data', () => heard++));
      const port = await listen(t, server, isIPv6Here() ? '::' : '0.0.0.0');
      const world = await openWorld(t, { others: 'passed-through' });
      const authority = `${target === 'own' ? ownAddress() : target}:${port}`;
      const wire = new Wire(world.port).say(`CONNECT ${authority} HTTP/1.1\r\n\r\n`);
      // To an address the tunnel is opened first: a name of ours may be within.
      assert.match(await wire.hearHead(), /^HTTP\/1\.1 (?:403|200) /);
      assert.equal((await wire.say('GET / HTTP/1.1\r\nHost: a.test\r\n\r\n').hearAll()).indexOf('HTTP/1.1 200'), -1);
      const request = `GET http://${authority}/ HTTP/1.1\r\nHost: ${authority}\r\n\r\n`;
      assert.match((await new Wire(world.port).say(request).hearAll()).toString(), /^HTTP\/1\.1 502 /);
      assert.equal(heard, 0);
    });
  }

  it('that nobody answers for are refused', async (t) => {
    const echo = createServer();
    const port = await listen(t, echo);
    await new Promise((resolve) => echo.close(resolve));
    const world = await openWorld(t, PASSED);
    await assert.rejects(openConnect(world.port, `localhost:${port}`), /403/);
    const heard = await new Wire(world.port).say(`GET http://localhost:${port}/ HTTP/1.1\r\nHost: a\r\n\r\n`).hearAll();
    assert.match(heard.toString(), /^HTTP\/1\.1 502 /);
  });

  it('never lead back to the stage itself', async (t) => {
    const world = await openWorld(t, PASSED);
    await assert.rejects(openConnect(world.port, `localhost:${world.port}`), /403/);
    const own = `localhost:${world.port}`;
    const heard = await new Wire(world.port).say(`GET http://${own}/ HTTP/1.1\r\nHost: ${own}\r\n\r\n`).hearAll();
    assert.match(heard.toString(), /^HTTP\/1\.1 502 /);
    await world.ended(2);
  });
});

describe('services of the harness', () => {
  for (const [what, key] of [
    ['a host', () => 'pins.example.test'],
    ['a host and its port', (port: number) => `pins.example.test:${port}`],
  ] as const) {
    it(`are reached by ${what}, whatever becomes of others`, async (t) => {
      const port = await openEcho(t);
      const world = await openWorld(t, { services: new Map([[key(port), { address: '127.0.0.1', port }]]) });
      const wire = await openConnect(world.port, `pins.example.test:${port}`);
      assert.equal((await wire.say('hello').hear(5)).toString(), 'hello');
      wire.end();
      const { stranger, applicationBytes } = await world.only();
      assert.deepEqual([stranger, applicationBytes], [true, 0]);
    });
  }

  it('are two of one address, told apart by their ports', async (t) => {
    const [first, second] = [await openEcho(t), await openPages(t, [])];
    const services = new Map([first, second].map((port) => [`127.0.0.1:${port}`, { address: '127.0.0.1', port }]));
    const world = await openWorld(t, { services });
    const wire = await openConnect(world.port, `127.0.0.1:${first}`);
    assert.equal((await wire.say('hello').hear(5)).toString(), 'hello');
    wire.end();
    const page = `GET http://127.0.0.1:${second}/ HTTP/1.1\r\nHost: 127.0.0.1:${second}\r\n\r\n`;
    assert.match((await new Wire(world.port).say(page).hearAll()).toString(), /the real page/);
    await world.ended(2);
  });
});
