import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { curl, hasCurl, openConnect, Wire } from './support/clients.ts';
import { HOST, openWorld, PATH, SIBLING } from './support/world.ts';

const ANSWERED = { recipe: { http: { cleartext: 'answered' } } } as const;
const CLOSE = 'Connection: close\r\n\r\n';

describe('cleartext', () => {
  for (const [what, request] of [
    ['to a proxy', `GET http://${HOST}${PATH} HTTP/1.1\r\nHost: other.example.test\r\n${CLOSE}`],
    ['to us as the host', `GET ${PATH} HTTP/1.1\r\nHost: ${HOST}:8080\r\n${CLOSE}`],
    ['without a host', `GET ${PATH} HTTP/1.0\r\n\r\n`],
  ] as const) {
    it(`is answered ${what} where the recipe says so`, async (t) => {
      const world = await openWorld(t, ANSWERED);
      const heard = await new Wire(world.port).say(request).hearAll();
      assert.match(heard.toString(), /^HTTP\/1\.1 200 OK\r\n/);
      const connection = await world.only();
      assert.deepEqual([connection.way, connection.host, connection.handshake], ['cleartext', HOST, 'none']);
      assert.equal(connection.applicationBytes, request.length);
      assert.deepEqual(
        connection.requests.map(({ marked }) => marked),
        [true],
      );
    });
  }

  it('is written down and closed without an answer otherwise', async (t) => {
    const world = await openWorld(t);
    const request = `POST ${PATH} HTTP/1.1\r\nHost: ${SIBLING}\r\nContent-Length: 4\r\n\r\nbody`;
    assert.equal((await new Wire(world.port).say(request).hearAll()).length, 0);
    const { applicationBytes, requests, host, closed } = await world.only();
    assert.deepEqual([applicationBytes, requests[0]?.method, host, closed], [request.length, 'POST', SIBLING, 'by-us']);
  });

  it('is not led to cleartext once more', async (t) => {
    const http = { redirect: 'http://{host}:{plain}/', hsts: true, http3: true, cleartext: 'answered' } as const;
    const world = await openWorld(t, { recipe: { http } });
    const heard = await new Wire(world.port).say(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n${CLOSE}`).hearAll();
    assert.match(heard.toString(), /^HTTP\/1\.1 200 /);
    assert.doesNotMatch(heard.toString(), /location|strict-transport|alt-svc/i);
  });

  it('is seen in a tunnel', async (t) => {
    const world = await openWorld(t);
    const wire = await openConnect(world.port, `${HOST}:80`);
    await wire.say(`GET ${PATH} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`).hearAll();
    const { way, port, requests } = await world.only();
    assert.deepEqual([way, port, requests[0]?.marked], ['cleartext', 80, true]);
  });

  it('counts what is no HTTP in a tunnel to a host of ours', async (t) => {
    const world = await openWorld(t);
    const wire = await openConnect(world.port);
    wire.socket.end('\u0001\u0002 a protocol of its own');
    const { applicationBytes, requests, closed } = await world.only();
    assert.deepEqual([applicationBytes, requests[0]?.protocol, closed], [24, 'unknown', 'fin']);
  });

  it('counts a request that is never whole', async (t) => {
    const world = await openWorld(t);
    new Wire(world.port).socket.end('GET /secret');
    const { applicationBytes, requests } = await world.only();
    assert.deepEqual([applicationBytes, requests.length], [11, 1]);
  });

  it('counts a head without end up to its limit, and no longer', async (t) => {
    const world = await openWorld(t);
    await new Wire(world.port).say(`GET / HTTP/1.1\r\nX: ${'x'.repeat(40_000)}`).hearAll();
    const { applicationBytes, closed } = await world.only();
    assert.ok(applicationBytes >= 16_384);
    assert.equal(closed, 'by-us');
  });

  it('may be HTTP/2 from the start', { skip: !hasCurl }, async (t) => {
    const world = await openWorld(t, ANSWERED);
    const words = ['--http2-prior-knowledge', '--connect-to', `::127.0.0.1:${world.port}`];
    assert.equal((await curl(t, ...words, `http://${HOST}${PATH}`)).status, 0);
    const { requests, applicationBytes, settingsOnly } = await world.only();
    assert.deepEqual(
      requests.map((one) => [one.protocol, one.marked]),
      [['h2', true]],
    );
    assert.ok(applicationBytes > 0 && !settingsOnly);
  });

  it('of curl through a proxy, and with an upgrade that it offers', { skip: !hasCurl }, async (t) => {
    const world = await openWorld(t, ANSWERED);
    assert.equal((await curl(t, '-x', `http://127.0.0.1:${world.port}`, `http://${HOST}${PATH}`)).status, 0);
    const words = ['--http2', '--connect-to', `::127.0.0.1:${world.port}`];
    assert.match((await curl(t, ...words, `http://${HOST}${PATH}`)).stdout, /test server/);
    assert.equal(
      (await world.ended(2)).every(({ requests }) => requests[0]?.marked),
      true,
    );
  });
});
