import { type ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import type { Forward, WireAnswer, WireRequest } from '@assay/mitm/attacks';

/** Where the hosts of the lab listen. */
export type Ports = ReadonlyMap<string, number>;

/** What is written by the connection itself. */
const OWN: ReadonlySet<string> = new Set(['content-length', 'connection', 'transfer-encoding', 'x-forwarded-for']);
const SILENCE_MS = 2_000;
const TIMEOUT_MS = 10_000;

/** Carries a request on, header by header as it is, on a connection of its own. */
export function createForward(ports: Ports, addressOf: (request: WireRequest) => string | undefined): Forward {
  return async (message) => {
    const { method, target: path } = message;
    const headers = headersOf(message, addressOf(message));
    const port = portOf(ports, message.host);
    return answerTo(httpRequest({ ...COMMON, host: '127.0.0.1', port, method, path, headers }), message);
  };
}

/** The same over TLS, to hosts that are somewhere else. */
export function createTlsForward(ports: Ports, authorities?: string): Forward {
  return async (message) => {
    const { method, target: path, host } = message;
    const place = { host, servername: host, port: portOf(ports, host), ...(authorities && { ca: authorities }) };
    return answerTo(
      httpsRequest({ ...COMMON, ...place, method, path, headers: headersOf(message, undefined) }),
      message,
    );
  };
}

const COMMON = { agent: false, timeout: TIMEOUT_MS } as const;

function answerTo(sent: ClientRequest, { body }: WireRequest): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    sent.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve(toAnswer(response.statusCode ?? 0, response.rawHeaders, parts)));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error('the server did not answer in time')));
    sent.end(body);
  });
}

function headersOf({ host, headers, body }: WireRequest, address: string | undefined): string[] {
  const kept = headers.filter(([name]) => !OWN.has(name.toLowerCase()) && name.toLowerCase() !== 'host');
  const all = [['host', host], ...kept, ['content-length', `${body.length}`], ['connection', 'close']];
  return [...all, ...(address === undefined ? [] : [['x-forwarded-for', address]])].flat();
}

function toAnswer(status: number, raw: readonly string[], parts: readonly Buffer[]): WireAnswer {
  const headers = raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
  const own = headers.filter(([name]) => !OWN.has(name.toLowerCase()) && name.toLowerCase() !== 'keep-alive');
  return { status, headers: own, body: Buffer.concat(parts) };
}

/** Octets on a connection, and what comes back until it closes or falls silent. */
export function createRaw(ports: Ports): (host: string, octets: string) => Promise<string> {
  return (host, octets) =>
    new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      const socket = connect(portOf(ports, host), '127.0.0.1', () => socket.write(octets, 'latin1'));
      socket.setTimeout(SILENCE_MS, () => socket.destroy());
      socket.on('data', (part) => parts.push(part));
      socket.on('error', reject);
      socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')));
    });
}

function portOf(ports: Ports, host: string): number {
  const port = ports.get(host);
  if (port === undefined) throw new Error(`nobody listens at ${host}`);
  return port;
}
