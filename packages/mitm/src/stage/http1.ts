import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { type Duplex, Readable } from 'node:stream';
import type { ExchangeAnswer } from '../stage.ts';
import { type Asked, type HttpScene, noteRequest, respond } from './exchange.ts';

const LONGEST_HEAD = 16_384;
/** RFC 6455 1.3. */
const WEBSOCKET_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
/** A close frame that says "normal closure" (RFC 6455 5.5.1, 7.4.1). */
const WEBSOCKET_CLOSE = Buffer.from([0x88, 0x02, 0x03, 0xe8]);

export interface Http1Hooks {
  /** Takes a request away from the pages, for example because its host is not ours; true where it did. */
  readonly instead?: (asked: Asked, request: IncomingMessage, response: ServerResponse) => boolean;
}

/** Serves HTTP/1.1 on one connection. What cannot be parsed is written down as a request of an unknown protocol. */
export function serveHttp1(stream: Duplex, scene: HttpScene, { instead }: Http1Hooks = {}): void {
  const server = createServer({ maxHeaderSize: LONGEST_HEAD, keepAliveTimeout: scene.idleMs, requestTimeout: 0 });
  server.on('request', (request, response) => {
    const asked = askedBy(request);
    if (instead?.(asked, request, response)) return;
    noteRequest(scene, asked);
    if (scene.isMute) return void stream.destroy();
    if (scene.http.connection === 'close') response.shouldKeepAlive = false;
    void respond(scene, asked, request).then((answer) => send(response, answer, asked));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const asked = askedBy(request);
    noteRequest(scene, asked);
    if (scene.isMute) return void stream.destroy();
    upgrade(scene, asked, socket, request.headers['sec-websocket-key']);
  });
  // Inside TLS, CONNECT is no business of this harness; it is a request all the same.
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    noteRequest(scene, askedBy(request));
    socket.end(headOf({ status: 405, headers: [], body: Buffer.alloc(0) }));
  });
  server.on('clientError', (_error, socket) => {
    noteUnknown(scene);
    socket.destroy();
  });
  server.emit('connection', stream);
}

/** Octets came of which no request could be made. */
export function noteUnknown({ log, clock }: HttpScene): void {
  const { applicationBytes, requests } = log.now();
  if (applicationBytes > 0 && requests.length === 0) {
    log.sawRequest({ protocol: 'unknown', headers: [], at: clock(), marked: false });
  }
}

/** As they came, names in lower case. */
export function headersIn({ rawHeaders }: IncomingMessage): Asked['headers'] {
  const headers: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    headers.push([(rawHeaders[at] ?? '').toLowerCase(), rawHeaders[at + 1] ?? '']);
  }
  return headers;
}

export function askedBy(request: IncomingMessage): Asked {
  const upgradesTo = request.headers.upgrade?.toLowerCase();
  return {
    protocol: upgradesTo === 'websocket' ? 'websocket' : 'http/1.1',
    method: request.method ?? '',
    target: request.url ?? '',
    authority: request.headers.host,
    headers: headersIn(request),
  };
}

export function send(response: ServerResponse, answer: ExchangeAnswer, asked: Asked): void {
  if (response.destroyed) return;
  try {
    response.writeHead(answer.status, headersOf(answer).flat());
    response.end(asked.method === 'HEAD' ? undefined : answer.body);
  } catch {
    // Whoever answered gave a status or header that HTTP/1.1 cannot say.
    response.destroy();
  }
}

/** Our own length and hop: what was said of another hop's is left out. */
function headersOf(answer: ExchangeAnswer): (readonly [string, string])[] {
  const kept = answer.headers.filter(([name]) => !FRAMING.has(name.toLowerCase()));
  return [...kept, ['content-length', String(answer.body.length)]];
}

const FRAMING: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive']);

/** A WebSocket is opened and closed politely; an offer of HTTP/2 in cleartext is ignored, as RFC 9113 3.1 allows. */
function upgrade(scene: HttpScene, asked: Asked, socket: Duplex, key: string | undefined): void {
  if (asked.protocol === 'websocket' && key !== undefined) {
    socket.write(webSocketHead(key));
    socket.end(WEBSOCKET_CLOSE);
    return;
  }
  void respond(scene, asked, Readable.from([])).then((answer) => {
    const head = headOf(answer);
    if (head === undefined) socket.destroy();
    else socket.end(Buffer.concat([Buffer.from(head, 'latin1'), answer.body]));
  });
}

/** RFC 9110 5.1, 5.5. */
const TOKEN = /^[!#$%&'*+\-.^_`|~\w]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function webSocketHead(key: string): string {
  const accept = createHash('sha1')
    .update(key.slice(0, 100) + WEBSOCKET_GUID)
    .digest('base64');
  return `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`;
}

/** `undefined` where whoever answered gave a header that cannot be said. */
function headOf(answer: ExchangeAnswer): string | undefined {
  if (!headersOf(answer).every(([name, value]) => TOKEN.test(name) && VALUE.test(value))) return undefined;
  const lines = [...headersOf(answer), ['connection', 'close']].map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? 'Unknown'}\r\n${lines.join('')}\r\n`;
}
