import { constants, type IncomingHttpHeaders, performServerHandshake, type ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { ExchangeAnswer } from '../stage.ts';
import { type Asked, type HttpScene, noteRequest, ofOneHop, respond } from './exchange.ts';
import { noteUnknown } from './http1.ts';

const MOST_STREAMS = 100;

/** Serves HTTP/2 on one connection. */
export function serveHttp2(stream: Duplex, scene: HttpScene): void {
  const session = performServerHandshake(stream, { settings: { maxConcurrentStreams: MOST_STREAMS } });
  session.on('error', () => {
    noteUnknown(scene);
    stream.destroy();
  });
  session.on('stream', (request: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    request.on('error', () => request.destroy());
    const asked = askedBy(headers);
    noteRequest(scene, asked);
    if (scene.isMute) return void stream.destroy();
    void respond(scene, asked, request).then((answer) => {
      send(request, answer, asked);
      if (scene.http.connection === 'close') session.close();
    });
  });
  stream.once('close', () => session.destroy());
}

function askedBy(headers: IncomingHttpHeaders): Asked {
  const pseudo = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    protocol: 'h2',
    method: pseudo(':method') ?? '',
    target: pseudo(':path') ?? '',
    authority: pseudo(':authority') ?? headers.host,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(':') ? [] : [value ?? []].flat().map((one) => [name, one] as const),
    ),
  };
}

function send(request: ServerHttp2Stream, answer: ExchangeAnswer, asked: Asked): void {
  if (request.destroyed || request.closed) return;
  const headers: Record<string, string | string[] | number> = { ':status': answer.status };
  for (const [name, value] of answer.headers) {
    const key = name.toLowerCase();
    if (ofOneHop(key) || key === 'content-length') continue;
    const before = headers[key];
    headers[key] = before === undefined ? value : [before, value].flat().map(String);
  }
  try {
    request.respond(headers);
    request.end(asked.method === 'HEAD' ? undefined : answer.body);
  } catch {
    // Whoever answered gave a status or header that HTTP/2 cannot say.
    request.close(constants.NGHTTP2_INTERNAL_ERROR);
  }
}
