import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  type AddressInfo,
  connect as connectPlain,
  createServer as createPlain,
  type Server,
  type Socket,
} from 'node:net';
import { describe, it } from 'node:test';
import { connect, createServer, type SecureVersion } from 'node:tls';
import { type Connection, createLab, type Stage } from '@assay/mitm';
import { openRelay } from '../../../src/mitm/phone/relay.ts';

const HOST = 'api.assay.test';
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A real server that answers, and a relay to it; what `act` does with the relay's port, and what was seen of it. */
async function seenOf(act: (port: number, ca: string) => Promise<unknown>, version: SecureVersion = 'TLSv1.3') {
  const lab = createLab({ clock: Date.now, hosts: [HOST] });
  const { chain, key } = await lab.forge({}, { host: HOST, at: Date.now() });
  const cert = chain.map(
    (der) => `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`,
  );
  const tls = {
    cert: cert.join(''),
    key: key.export({ type: 'pkcs8', format: 'pem' }),
    minVersion: version,
    maxVersion: version,
  };
  const server = createServer(tls, (socket) => {
    socket.on('error', () => {}).on('data', () => socket.write('answer'));
  });
  server.on('tlsClientError', () => {});
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stage = await relayTo(portOf(server));
  try {
    await act(stage.port, lab.authority.pem);
  } finally {
    await stage.close();
    server.close();
  }
  return stage.connections();
}

const relayTo = (port: number): Promise<Stage> =>
  openRelay(HOST, { address: '127.0.0.1', port })({
    ...{
      hosts: [],
      marker: '/',
      others: 'refused',
      address: '127.0.0.1',
      port: 0,
      clock: Date.now,
      random: randomBytes,
    },
    timeouts: { handshakeMs: 5_000, idleMs: 5_000 },
    forgedFor: () => {
      throw new TypeError('nothing is forged');
    },
  });

/** Connects, speaks when told to, and leaves. */
async function visit(port: number, ca: string | undefined, speaks: boolean): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', servername: HOST, ...(ca === undefined ? {} : { ca }) });
  socket.on('error', () => {});
  socket.once('secureConnect', () => (speaks ? socket.write('a request of some length') : socket.end()));
  socket.once('data', () => socket.end());
  await closed(socket);
}

/** However it ends. */
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => void socket.on('close', () => resolve()));

const marked = (connections: readonly Connection[]): readonly boolean[] =>
  connections.map(({ requests }) => requests.some((request) => request.marked));

describe('the relay to a real server', () => {
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    it(`tells an app that accepts it from one that refuses or says nothing: ${version}`, async () => {
      const connections = await seenOf(async (port, ca) => {
        await visit(port, ca, true);
        await visit(port, ca, false);
        await visit(port, undefined, true);
      }, version);
      assert.deepEqual(marked(connections), [true, false, false]);
      assert.deepEqual(
        connections.map(({ handshake }) => handshake),
        ['completed', 'started', 'started'],
      );
      assert.ok(connections.every(({ hello }) => hello?.serverName === HOST));
    });
  }

  it('outlives noise, and a server that is not there', async () => {
    const connections = await seenOf(async (port) => {
      const socket = connectPlain(port, '127.0.0.1', () => socket.end(randomBytes(600)));
      socket.on('error', () => {}).resume();
      await closed(socket);
    });
    assert.deepEqual(marked(connections), [false]);
    const gone = createPlain();
    await once(gone.listen(0, '127.0.0.1'), 'listening');
    const port = portOf(gone);
    gone.close();
    const stage = await relayTo(port);
    await visit(stage.port, undefined, true);
    assert.deepEqual(marked(stage.connections()), [false]);
    await stage.close();
  });
});
