import { createServer, type Server } from 'node:net';
import type { Connection } from '../observation.ts';
import { mitmFault } from '../reasons.ts';
import type { Stage, StageOrder } from '../stage.ts';
import { attend } from './attend.ts';
import { type Line, openLine } from './line.ts';
import { openLog } from './log.ts';
import { openQuicWatch, type QuicWatch } from './udp.ts';

/** At once; more are closed before anything is read of them. */
const MOST_CONNECTIONS = 256;
/** The oldest are forgotten beyond, so that a stage may stand for days. */
const MOST_REMEMBERED = 10_000;
/** Of a key's name, of HMAC, of AES: as `node:tls` takes them. */
const TICKET_KEYS = 48;

/** Opens a stage. Throws `mitm.port_unavailable`. */
export async function openStage(order: StageOrder): Promise<Stage> {
  const known = new Map<number, Connection>();
  const lines = new Set<Line>();
  const ticketKeys = Buffer.from(order.random(TICKET_KEYS));
  let count = 0;
  const newLog = (way: Connection['way']) => {
    const log = openLog(++count, way, order.clock, (now) => remember(known, now, order));
    log.learn({});
    return log;
  };
  const server = createServer({ noDelay: true });
  server.maxConnections = MOST_CONNECTIONS;
  server.on('connection', (socket) => {
    const log = newLog(order.unproxied ?? 'direct');
    const line = openLine(socket, log);
    lines.add(line);
    void line.over.then(() => lines.delete(line));
    attend({ order, log, line, ticketKeys, port: portOf(server) });
  });
  await listening(server, order);
  const quic = await openQuicWatch(order.address, portOf(server), () => newLog('udp'));
  let closing: Promise<void> | undefined;
  return {
    port: portOf(server),
    udp: quic !== undefined,
    connections: () => [...known.values()],
    close: () => {
      closing ??= closeAll(server, lines, quic);
      return closing;
    },
  };
}

async function closeAll(server: Server, lines: ReadonlySet<Line>, quic: QuicWatch | undefined): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const { socket } of lines) socket.destroy();
  await Promise.all([closed, quic?.close(), ...[...lines].map((line) => line.over)]);
}

function remember(known: Map<number, Connection>, now: Connection, { onConnection }: StageOrder): void {
  known.set(now.id, now);
  const [oldest] = known.keys();
  if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
  onConnection?.(now);
}

function listening(server: Server, { address, port }: StageOrder): Promise<void> {
  return new Promise((resolve, reject) => {
    // For good: a listener out of file descriptors says so later, and is no reason to end.
    server.on('error', (error) =>
      reject(mitmFault('mitm.port_unavailable', { found: `${address}${port === 0 ? '' : `, port ${port}`}` }, error)),
    );
    server.listen(port, address, () => resolve());
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
