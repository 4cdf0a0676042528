import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { connect } from 'node:tls';
import fc from 'fast-check';
import type { Recipe } from '../../src/recipe.ts';
import { ask, openConnect, Wire } from './support/clients.ts';
import { HOST, openWorld } from './support/world.ts';

const SHORT = { handshakeMs: 60, idleMs: 60 };

/** Beginnings that lead deep into a protocol before what follows is wrong. */
const BEGINNINGS: readonly Buffer[] = [
  Buffer.alloc(0),
  Buffer.from('160301', 'hex'),
  Buffer.from('16030100060100000200', 'hex'),
  Buffer.from('050100', 'hex'),
  Buffer.from('05010005010003', 'hex'),
  Buffer.from('CONNECT '),
  Buffer.from(`CONNECT ${HOST}:443 HTTP/1.1\r\n\r\n`),
  Buffer.from(`CONNECT 192.0.2.1:443 HTTP/1.1\r\n\r\n`),
  Buffer.from('GET / HTTP/1.1\r\n'),
  Buffer.from(`POST / HTTP/1.1\r\nHost: ${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n`),
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
];

/** What may follow a ClientHello: nothing, an alert, data, a change of ciphers and noise, another hello. */
const NOISE = [
  '',
  '15030300020230',
  '17030300050102030405',
  '140303000101160303000401020304',
  '160301000401000000',
].map((hex) => Buffer.from(hex, 'hex'));

/** The first record of a client of Node's. */
async function recordHello(): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = connect({ host: '127.0.0.1', port, servername: HOST });
  client.on('error', () => {});
  const [socket] = await once(server, 'connection');
  const [hello] = await once(socket, 'data');
  socket.destroy();
  server.close();
  return hello;
}

describe('whatever a connection begins with', () => {
  it('ends, and disturbs nobody', async (t) => {
    const timeouts = { ...SHORT };
    const world = await openWorld(t, { timeouts, recipe: { http: { cleartext: 'answered' } } });
    const cases = fc.sample(fc.tuple(fc.constantFrom(...BEGINNINGS), fc.uint8Array({ maxLength: 60 }), fc.nat(2)), {
      ...{ numRuns: 150, seed: 5 },
    });
    const wires = cases.map(([beginning, noise, manner]) => {
      const wire = new Wire(world.port).say(beginning).say(noise);
      if (manner === 1) wire.socket.end();
      if (manner === 2) wire.socket.once('connect', () => setImmediate(() => wire.socket.resetAndDestroy()));
      return wire.hearAll();
    });
    await Promise.all(wires);
    await world.ended(1);
    for (const { handshake, requests } of world.stage.connections()) {
      assert.notEqual(handshake, 'completed');
      assert.ok(requests.every(({ marked }) => !marked));
    }
    Object.assign(timeouts, { handshakeMs: 60_000, idleMs: 60_000 });
    assert.equal((await ask(await openConnect(world.port))).status, 200);
  });

  for (const [engine, recipe] of [
    ['OpenSSL', {}],
    ['our own engine', { tls: { sessions: 'early-data' } }],
    ['our own engine in TLS 1.2', { tls: { cipher: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256' } }],
  ] as const satisfies readonly (readonly [string, Recipe])[]) {
    it(`ends where ${engine} hears half-truths`, async (t) => {
      const world = await openWorld(t, { recipe });
      const hello = await recordHello();
      const lies = fc.sample(fc.array(fc.tuple(fc.nat(hello.length - 1), fc.nat(255)), { maxLength: 4 }), {
        ...{ numRuns: 60, seed: 5 },
      });
      const wires = lies.map((changes, at) => {
        const octets = Buffer.from(hello);
        for (const [place, octet] of changes) octets[place] = octet;
        const wire = new Wire(world.port);
        // Then nothing, or records that nobody awaits.
        wire.socket.end(Buffer.concat([octets, NOISE[at % NOISE.length] ?? octets]));
        return wire.hearAll();
      });
      await Promise.all(wires);
      const all = await world.ended(lies.length);
      assert.ok(all.every(({ handshake, applicationBytes }) => handshake !== 'completed' && applicationBytes === 0));
      assert.ok(all.some(({ certificateSent }) => certificateSent));
      assert.equal((await ask(await openConnect(world.port), { rejectUnauthorized: false })).status, 200);
    });
  }

  it('may take its time only once: what trickles in does not lengthen it', async (t) => {
    const world = await openWorld(t, { timeouts: SHORT });
    const wire = new Wire(world.port);
    const trickle = setInterval(() => wire.say('G'), 10);
    t.after(() => clearInterval(trickle));
    assert.equal((await world.only()).closed, 'timeout');
  });

  it('is closed where it says nothing', async (t) => {
    const world = await openWorld(t, { timeouts: SHORT });
    const wires = [new Wire(world.port), new Wire(world.port).say(`CONNECT ${HOST}:443 HTTP/1.1\r\n\r\n`)];
    await Promise.all(wires.map((wire) => wire.hearAll()));
    assert.deepEqual(
      (await world.ended(2)).map(({ closed }) => closed),
      ['timeout', 'timeout'],
    );
  });

  it('is refused beyond 256 at once', async (t) => {
    const world = await openWorld(t);
    const wires = Array.from({ length: 256 }, () => new Wire(world.port));
    await Promise.all(wires.map(({ socket }) => once(socket, 'connect')));
    const late = new Wire(world.port);
    assert.equal((await late.say('GET / HTTP/1.1\r\n\r\n').hearAll()).length, 0);
    assert.ok(world.stage.connections().length <= 256);
    for (const wire of wires) wire.end();
  });

  it('is not answered where it is a proxy protocol that we do not speak', async (t) => {
    const world = await openWorld(t);
    assert.equal((await new Wire(world.port).say('\u0004\u0001').hearAll()).length, 0);
    const { failure, applicationBytes } = await world.only();
    assert.deepEqual([failure, applicationBytes], ['unknown-protocol', 0]);
  });

  for (const hex of ['00', '68656c6c6f', '101600044d515454', '8182000102']) {
    it(`is data in clear where it is nothing we know: ${hex}`, async (t) => {
      const world = await openWorld(t);
      new Wire(world.port).socket.end(Buffer.from(hex, 'hex'));
      const { way, applicationBytes, requests } = await world.only();
      assert.deepEqual([way, applicationBytes, requests[0]?.protocol], ['cleartext', hex.length / 2, 'unknown']);
    });
  }
});
