import { type ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import type { Forward, WireAnswer, WireRequest } from '@assay/mitm/attacks';

/** Where the hosts of the lab listen. */
export type Ports = ReadonlyMap<string, number>;

/** What is written by the connection itself. */
const OWN: ReadonlySet<string> = new Set(['content-length', 'connection', 'transfer-encoding', 'x-forwarded-for']);
const SILENCE_MS = 2_000;
/** What an answer may cost as a whole: one that drips or never ends does not hold up the run. */
export interface AnswerLimits {
  readonly milliseconds: number;
  readonly octets: number;
}

const LIMITS: AnswerLimits = { milliseconds: 10_000, octets: 1_048_576 };

/** Carries a request on, header by header as it is, on a connection of its own. */
export function createForward(
  ports: Ports,
  addressOf: (request: WireRequest) => string | undefined,
  limits: AnswerLimits = LIMITS,
): Forward {
  return async (message) => {
    const { method, target: path } = message;
    const headers = headersOf(message, addressOf(message));
    const port = portOf(ports, message.host);
    return answerTo(httpRequest({ ...COMMON, host: '127.0.0.1', port, method, path, headers }), message, limits);
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
      LIMITS,
    );
  };
}

const COMMON = { agent: false } as const;

/** What comes back, whatever it is. Rejects for an answer that is too long, too slow, or breaks off. */
function answerTo(sent: ClientRequest, { body }: WireRequest, limits: AnswerLimits): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const end = (why: string): void => {
      reject(new Error(why));
      sent.destroy();
    };
    const timer = setTimeout(end, limits.milliseconds, 'the server did not answer in time');
    sent.on('response', (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on('data', (part: Buffer) => {
        parts.push(part);
        length += part.length;
        if (length > limits.octets) end('the server’s answer is too long');
      });
      response.on('end', () => resolve(toAnswer(response.statusCode ?? 0, response.rawHeaders, parts)));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.on('close', () => {
      clearTimeout(timer);
      reject(new Error('the server’s answer broke off'));
    });
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
