import { createServer, type IncomingMessage, request as open, type ServerResponse } from 'node:http';
import { type Asked, ofOneHop, page, pathOf, targetOf } from './exchange.ts';
import { askedBy, send } from './http1.ts';
import type { Target } from './names.ts';
import { routeOf, type Scene } from './scene.ts';
import { Through } from './through.ts';
import { isOurselves, mayPass } from './tunnel.ts';

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
  const route = target === undefined ? undefined : routeOf(target, scene.order);
  const fail = (status: number, text: string) => {
    if (response.headersSent) response.destroy();
    else send(response, page(status, text), asked);
  };
  if (route === undefined) {
    fail(403, 'This test proxy serves named hosts alone.\n');
    return;
  }
  const headers = asked.headers.filter(([name]) => !ofOneHop(name)).flat();
  const { address: host, port } = route;
  const onward = open({ host, port, method: asked.method, path: pathOf(asked.target), headers, agent: false });
  onward.on('socket', (socket) =>
    socket.once('connect', () => {
      if (isOurselves(socket, scene)) onward.destroy(new Error('a circle'));
      if (target !== undefined && !mayPass(socket, target, scene.order)) onward.destroy(new Error('not let through'));
    }),
  );
  onward.on('error', () => fail(502, 'Nobody answered there.\n'));
  onward.on('response', (answer) => {
    const kept = Object.entries(answer.headers).filter(([name]) => !ofOneHop(name));
    response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  scene.line.socket.once('close', () => onward.destroy());
  request.pipe(onward);
}
