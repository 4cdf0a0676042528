import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { connect, type TLSSocket } from 'node:tls';
import type { TlsRecipe } from '../../src/recipe.ts';
import { HOST } from './support/chain.ts';
import { fileOf, isHere, sClient } from './support/clients.ts';
import { type Listening, listen } from './support/listen.ts';

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
