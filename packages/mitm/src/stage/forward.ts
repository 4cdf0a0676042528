import { createServer, type IncomingMessage, request as open, type ServerResponse } from 'node:http';
import { isIPv6 } from 'node:net';
import { type Asked, endToEnd, page, pathOf, targetOf } from './exchange.ts';
import { askedBy, headersIn, send } from './http1.ts';
import type { Target } from './names.ts';
import { routeOf, type Scene } from './scene.ts';
import { Through } from './through.ts';
import { mayPass } from './tunnel.ts';

const HTTP = 80;

/** Serves a connection in clear to a host that is not ours: one request, refused or passed on. */
export function serveForwarding(scene: Scene): void {
  const { line, order } = scene;
  line.settled();
  line.quietFor(order.timeouts.idleMs);
  const server = createServer();
  server.on('request', (request, response) => {
    const asked = askedBy(request);
    forward(scene, targetOf(asked, HTTP), asked, request, response);
  });
  for (const event of ['upgrade', 'connect', 'clientError']) server.on(event, line.finish);
  server.emit('connection', new Through(line.socket, { incoming: () => {}, released: line.finish }));
}

/** Passes a request of a proxy's client on as it came, or says that it is refused. */
export function forward(
  scene: Scene,
  target: Target | undefined,
  asked: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  // The next request may be for a host of ours, whose octets are to be counted from the first.
  response.shouldKeepAlive = false;
  const route = target === undefined || !IN_CLEAR.test(asked.target) ? undefined : routeOf(target, scene.order);
  const fail = (status: number, text: string) => {
    if (response.headersSent) response.destroy();
    else send(response, page(status, text), asked);
  };
  if (target === undefined || route === undefined) {
    fail(403, 'This test proxy serves named hosts alone.\n');
    return;
  }
  const headers = headersFor(target, asked).flat();
  const { address: host, port } = route;
  const onward = open({ host, port, method: asked.method, path: pathOf(asked.target), headers, agent: false });
  onward.on('socket', (socket) =>
    socket.once('connect', () => {
      if (!mayPass(socket, target, scene)) onward.destroy(new Error('not let through'));
    }),
  );
  onward.on('error', () => fail(502, 'Nobody answered there.\n'));
  onward.on('response', (answer) => {
    answer.on('error', () => response.destroy());
    passOn(answer, response);
  });
  scene.line.socket.once('close', () => onward.destroy());
  request.pipe(onward);
}

/** A path, or a whole address that is reached without TLS: what was meant to be encrypted is not sent on in clear. */
const IN_CLEAR = /^(?:\/|\*$|http:)/i;

/** Host as the request's target says it (RFC 9112 3.2.2); a body without a length keeps its chunks, or it would be a request of its own. */
function headersFor({ host, port }: Target, { headers }: Asked): Asked['headers'] {
  const name = isIPv6(host) ? `[${host}]` : host;
  const isChunked = headers.some(([header]) => header === 'transfer-encoding');
  return [
    ['host', port === HTTP ? name : `${name}:${port}`],
    ...endToEnd(headers).filter(([header]) => header !== 'host' && !(isChunked && header === 'content-length')),
    ...(isChunked ? [['transfer-encoding', 'chunked'] as const] : []),
  ];
}

function passOn(answer: IncomingMessage, response: ServerResponse): void {
  try {
    response.writeHead(answer.statusCode ?? 0, endToEnd(headersIn(answer)).flat());
    answer.pipe(response);
  } catch {
    // A status that HTTP/1.1 has not.
    response.destroy();
  }
}
