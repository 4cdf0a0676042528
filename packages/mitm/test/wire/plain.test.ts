import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { ALERT, CONTENT } from '../../src/wire/codes.ts';
import { serveOwn } from '../../src/wire/index.ts';
import { HOST, makeChain } from './support/chain.ts';
import { goneFrom, MiniClient, serveInMemory } from './support/mini-client.ts';

const SSL_OP_NO_EXTENDED_MASTER_SECRET = 1;

const CLIENTS = [
  { title: 'TLS 1.3', options: { minVersion: 'TLSv1.3' } },
  { title: 'TLS 1.2', options: { maxVersion: 'TLSv1.2' } },
  {
    title: 'TLS 1.2 with the old master secret',
    options: { maxVersion: 'TLSv1.2', secureOptions: SSL_OP_NO_EXTENDED_MASTER_SECRET },
  },
] as const;

for (const { title, options } of CLIENTS) {
  test(`a million octets come back as they went, over ${title}`, async (context) => {
    const chain = makeChain();
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      const forged = { chain: chain.chain, key: chain.key, tls: {}, http: {} };
      const plain = serveOwn(socket, { forged, random: randomBytes, handshakeMs: 5000, learned: () => undefined });
      void pipeline(plain, plain);
    });
    context.after(() => server.close());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const to = { port, host: '127.0.0.1', servername: HOST, ca: chain.authorityPem, allowHalfOpen: true };
    const socket = connect({ ...to, ...options });
    const sent = randomBytes(1_000_000);
    socket.end(sent);
    assert.ok((await buffer(socket)).equals(sent));
  });
}

async function shakeHands() {
  const served = serveInMemory();
  const client = new MiniClient(served.far);
  served.plain.write('early word');
  client.sayHello();
  await client.hearServer();
  client.finish();
  return { served, client };
}

test('what is written before the end of the handshake is sent after it', async () => {
  const { served, client } = await shakeHands();
  assert.equal(String(Buffer.from((await client.link.record()).content)), 'early word');
  served.plain.destroy();
});

test('a client that takes its leave, also by user_canceled before it, has refused nothing', async () => {
  const { served, client } = await shakeHands();
  client.link.sendAlert(ALERT.userCanceled);
  client.link.sendAlert(ALERT.closeNotify);
  await once(served.plain.resume(), 'end');
  assert.equal(served.known().alert, undefined);
  served.plain.end();
  await goneFrom(served);
});

test('ending it says close_notify; destroying it says nothing', async () => {
  const { served, client } = await shakeHands();
  served.plain.end();
  await client.link.record();
  await assert.rejects(client.link.record(), { code: 'mitm.wire_ended' });
  served.plain.destroy();
  await goneFrom(served);
  assert.deepEqual([served.known().failure, client.alerts], [undefined, []]);
});

test('what lies across the change of keys is refused', async () => {
  const served = serveInMemory();
  const client = new MiniClient(served.far);
  client.sayHello();
  await client.hearServer();
  const { link } = client;
  const send = link.send.bind(link);
  link.send = (type, content, sent) => send(type, Buffer.concat([content, Uint8Array.of(1, 0)]), sent);
  client.finish();
  await goneFrom(served);
  assert.deepEqual([served.known().handshake, served.known().failure], ['started', 'mitm.wire_unexpected']);
});

test('content under the keys of the handshake is no application data', async () => {
  const served = serveInMemory();
  const client = new MiniClient(served.far);
  client.sayHello();
  await client.hearServer();
  client.link.send(CONTENT.applicationData, Buffer.from('GET /'));
  await goneFrom(served);
  assert.deepEqual([served.known().handshake, served.known().failure], ['started', 'mitm.wire_unexpected']);
  assert.equal(served.plain.read(), null);
});
