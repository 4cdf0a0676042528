import { connect, createServer, type Server, type Socket } from 'node:net';
import { type Connection, createRecordTap, type openStage, type Stage, type TapSeen } from '@assay/mitm';
import { fault } from '../../reasons.ts';

interface Address {
  readonly address: string;
  readonly port: number;
}

/**
 * The control of a client that does not trust the harness: its real server, untouched. Only records are watched; that both
 * sides sent data beyond the handshake tells that the client took the server for genuine.
 */
export const openRelay =
  (host: string, to: Address): typeof openStage =>
  async ({ address, port, clock, onConnection }) => {
    const known = new Map<number, Connection>();
    const sockets = new Set<Socket>();
    const server = createServer((client) => {
      if (known.size >= MOST_CONNECTIONS) {
        client.destroy();
        return;
      }
      const about = { id: known.size, openedAt: clock(), host, port: to.port };
      const way = connect({ host: to.address, port: to.port });
      for (const socket of [client, way]) {
        sockets.add(socket.on('close', () => sockets.delete(socket)));
      }
      carry(client, way, (seen, closed) => {
        const end = closed === 'open' ? {} : { closedAt: known.get(about.id)?.closedAt ?? clock() };
        const connection = { ...describe(seen), ...about, closed, ...end };
        known.set(about.id, connection);
        onConnection?.(connection);
      });
    });
    await listening(server, address, port);
    return toStage(server, known, sockets);
  };

const MOST_CONNECTIONS = 1_000;

/** Octets both ways, as they come; `tell` hears what their records say, and of the end. */
function carry(client: Socket, way: Socket, tell: (seen: TapSeen, closed: Connection['closed']) => void): void {
  const tap = createRecordTap();
  let closed: Connection['closed'] = 'open';
  const ended = (how: Connection['closed']) => () => {
    if (closed === 'open') closed = how;
    tell(tap.seen(), closed);
  };
  tell(tap.seen(), closed);
  client.on('data', (octets) => tap.feed('client', octets)).on('error', () => client.destroy());
  client.on('end', ended('fin')).on('close', ended('reset'));
  way.on('data', (octets) => tap.feed('server', octets)).on('error', () => way.destroy());
  way.on('data', () => tell(tap.seen(), closed)).on('end', ended('by-us'));
  way.on('close', () => client.destroy());
  client.on('close', () => way.destroy());
  client.pipe(way).pipe(client);
}

function toStage(server: Server, known: ReadonlyMap<number, Connection>, sockets: ReadonlySet<Socket>): Stage {
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    udp: false,
    connections: () => [...known.values()],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listening(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(fault('cli.port_unavailable', {}, error)));
    server.listen(port, address, () => resolve());
  });
}

const APPLICATION_DATA = 23;
/** An alert in the cipher of TLS 1.3: two octets, their type, a tag of sixteen. Data is longer. */
const LONGEST_ALERT = 19;
const TLS_1_3 = 0x0304;

/** What the wire tells; there is no end of ours in it. */
function describe(seen: TapSeen): Omit<Connection, 'id' | 'openedAt' | 'closed'> {
  const data = seen.records.filter(({ from, type }) => from === 'client' && type === APPLICATION_DATA);
  // In TLS 1.3 the first of them is Finished.
  const own = (seen.choice?.version === TLS_1_3 ? data.slice(1) : data).filter(({ length }) => length > LONGEST_ALERT);
  const [first] = own;
  const after = first === undefined ? [] : seen.records.slice(seen.records.indexOf(first));
  const isAnswered = after.some(({ from, type }) => from === 'server' && type === APPLICATION_DATA);
  return {
    ...{ way: 'connect', records: seen.records, certificateSent: seen.certificateSent, resumed: false },
    ...(seen.hello === undefined ? {} : { hello: seen.hello }),
    handshake: own.length > 0 ? 'completed' : seen.hello === undefined ? 'none' : 'started',
    applicationBytes: own.reduce((sum, { length }) => sum + length, 0),
    ...{ settingsOnly: false, clientCertificate: false },
    requests: isAnswered ? [{ protocol: 'unknown', headers: [], marked: true }] : [],
    ...(seen.alerts.client === undefined ? {} : { alert: seen.alerts.client }),
  };
}
