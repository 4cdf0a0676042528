import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { connect, type TLSSocket } from 'node:tls';
import type { TlsRecipe } from '../../src/recipe.ts';
import { EXTENSION } from '../../src/wire/codes.ts';
import { SUITES, type Suite } from '../../src/wire/suites.ts';
import { sealTicket } from '../../src/wire/ticket.ts';
import { extension, vector } from '../../src/wire/writer.ts';
import { HOST } from './support/chain.ts';
import { fileOf, isHere, sClient } from './support/clients.ts';
import { type Listening, listen } from './support/listen.ts';
import { goneFrom, MiniClient, serveInMemory, TICKET_KEYS } from './support/mini-client.ts';

async function request({ port, chain }: Listening, session?: Buffer): Promise<{ socket: TLSSocket; ticket?: Buffer }> {
  const options = { port, host: '127.0.0.1', servername: HOST, ca: chain.authorityPem, ALPNProtocols: ['http/1.1'] };
  const socket = connect({ ...options, ...(session && { session }) });
  let ticket: Buffer | undefined;
  socket.on('session', (given: Buffer) => {
    ticket = given;
  });
  await once(socket, 'secureConnect');
  socket.write('GET / HTTP/1.1\r\n\r\n');
  socket.resume();
  await once(socket, 'end');
  socket.end();
  return { socket, ...(ticket && { ticket }) };
}

test('node:tls goes on with a session, and sees no certificate', async (context) => {
  const listening = await listen(context, { tls: { versions: ['tls1.3'], sessions: 'tickets' } });
  const { ticket } = await request(listening);
  assert.ok(ticket);
  assert.equal((await listening.ended).resumed, undefined);
  const { socket } = await request(listening, ticket);
  assert.equal(socket.isSessionReused(), true);
  const { certificateSent, handshake, received, resumed } = await listening.endedAgain;
  assert.deepEqual([resumed, certificateSent, handshake], [true, undefined, 'completed']);
  assert.match(received, /^GET /);
});

test('there are no tickets where the recipe has none', async (context) => {
  const listening = await listen(context, { tls: { versions: ['tls1.3'] } });
  assert.equal((await request(listening)).ticket, undefined);
});

/** Two runs of s_client: the second has the ticket of the first, and a request as early data. */
async function withEarlyData(context: TestContext, tls: TlsRecipe, ...words: readonly string[]) {
  const listening = await listen(context, { tls });
  const ticket = fileOf(context, 'ticket.pem', '');
  const early = fileOf(context, 'early.txt', 'GET /early HTTP/1.1\r\n\r\n');
  await sClient(context, listening, '-sess_out', ticket);
  const { stdout, stderr } = await sClient(context, listening, '-sess_in', ticket, '-early_data', early, ...words);
  return { stdout, stderr, seen: await listening.endedAgain };
}

test('early data is taken where the recipe allows it, and comes first', async (context) => {
  if (!isHere(context, 'openssl', 'version')) return;
  const { stdout, stderr, seen } = await withEarlyData(context, { sessions: 'early-data' });
  assert.match(stdout, /Early data was accepted/, stderr);
  assert.deepEqual([seen.resumed, seen.handshake, seen.alert], [true, 'completed', undefined]);
  assert.match(seen.received, /^GET \/early .*GET \/ /s);
});

test('a session whose hello is answered by a request for another share goes without', async (context) => {
  if (!isHere(context, 'openssl', 'version')) return;
  const { seen, stderr } = await withEarlyData(context, { sessions: 'early-data' }, '-groups', 'P-521:P-256');
  assert.deepEqual([seen.resumed, seen.handshake, seen.certificateSent], [undefined, 'completed', true], stderr);
  assert.doesNotMatch(seen.received, /early/);
});

/** A hello with this ticket, and a binder that no secret made. */
function bogusHello(ticket: Uint8Array): Uint8Array[] {
  const identities = vector(2, vector(2, ticket), new Uint8Array(4));
  const binders = vector(2, vector(1, new Uint8Array(32)));
  return [
    extension(EXTENSION.pskModes, vector(1, Uint8Array.of(1))),
    extension(EXTENSION.preSharedKey, identities, binders),
  ];
}

test('a binder that does not fit ends the handshake', async () => {
  const served = serveInMemory({ tls: { sessions: 'tickets' } });
  const client = new MiniClient(served.far);
  const secret = new Uint8Array(32);
  client.sayHello({ further: bogusHello(sealTicket({ suite: client.suite, secret }, TICKET_KEYS, randomBytes)) });
  await assert.rejects(client.link.record(), { code: 'mitm.wire_refused' });
  assert.deepEqual([client.alerts, served.known().failure], [[51], 'mitm.wire_finished_wrong']);
  await goneFrom(served);
});

test('a ticket that is none of ours is passed over, and so is any where the recipe has no sessions', async () => {
  const ours = sealTicket({ suite: SUITES[0] as Suite, secret: new Uint8Array(32) }, TICKET_KEYS, randomBytes);
  for (const [ticket, sessions] of [
    [randomBytes(100), 'tickets'],
    [ours, 'none'],
  ] as const) {
    const served = serveInMemory({ tls: { sessions } });
    const client = new MiniClient(served.far);
    client.sayHello({ further: bogusHello(ticket) });
    await client.hearServer();
    assert.deepEqual([served.known().certificateSent, served.known().resumed], [true, undefined]);
    served.plain.destroy();
  }
});
