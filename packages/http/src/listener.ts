import type { ServerOptions as HttpOptions } from 'node:http';
import type { Socket } from 'node:net';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { PROBLEM_MEDIA_TYPE, toProblem } from './problems/problem.ts';

/** Protocol version, in every response. */
export const PROTOCOL_VERSION = '1';

declare module 'fastify' {
  interface FastifyRequest {
    /** Support code of the answer, once there is one. */
    support: string | null;
  }
}

/** How long a client may take, in milliseconds: a connection that drips holds a socket, so none holds it for long. */
export interface Timeouts {
  /** For the head of a request. */
  readonly headers: number;
  /** For the whole of a request. */
  readonly request: number;
  /** How often both are looked at. */
  readonly check: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = { headers: 10_000, request: 30_000, check: 5_000 };

export interface ListenerOptions {
  readonly logger: FastifyBaseLogger | undefined;
  readonly trustProxy?: readonly string[];
  readonly bodyLimit: number;
  readonly timeouts?: Timeouts | undefined;
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer } | undefined;
}

/** A Fastify instance with what both listeners share: zod, timeouts, one log line for each request, one form of refusal. */
export function createListener(options: ListenerOptions): FastifyInstance {
  const { logger, trustProxy = [], bodyLimit, timeouts = DEFAULT_TIMEOUTS, tls } = options;
  const common = {
    ...{ bodyLimit, requestTimeout: timeouts.request, forceCloseConnections: 'idle' as const },
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 255 },
    logController: new fastify.LogController({ disableRequestLogging: true }),
    frameworkErrors: refuseUrl,
    clientErrorHandler: refuseBytes,
    ...(logger === undefined ? {} : { loggerInstance: logger }),
  };
  const sockets: HttpOptions = { headersTimeout: timeouts.headers, connectionsCheckingInterval: timeouts.check };
  const app =
    tls === undefined
      ? Fastify({ ...common, http: sockets })
      : // Fastify types an HTTPS instance by its own raw server, and no route here touches a raw server.
        (Fastify({ ...common, https: { ...sockets, ...tls, minVersion: 'TLSv1.2' } }) as unknown as FastifyInstance);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('support', null);
  app.addHook('onRequest', async (_, reply) => {
    reply.header('assay-protocol', PROTOCOL_VERSION);
  });
  closeWithLastAnswer(app);
  app.addHook('onResponse', async (request, reply) => logRequest(request, reply));
  return app;
}

/** A connection whose request was under way when the stop came ends with its answer: kept alive, it would hold the stop up. */
function closeWithLastAnswer(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}

/** One line for each request. The route's pattern stands for its address, which a client chooses. */
function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const { method, routeOptions, support } = request;
  const line = { method, route: routeOptions.url ?? null, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
  request.log.info(support === null ? line : { ...line, support }, 'request');
}

/** An address that is no address: no hook and no route ever sees it. */
function refuseUrl(_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const problem = toProblem('request_malformed');
  void reply.code(problem.status).header('assay-protocol', PROTOCOL_VERSION).type(PROBLEM_MEDIA_TYPE).send(problem);
}

const STATUS_OF: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** Bytes that are no HTTP, or too slow. The parser has given up, so the answer is written by hand. */
function refuseBytes(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(toProblem('request_malformed'));
  const head = [
    `HTTP/1.1 ${STATUS_OF[error.code ?? ''] ?? '400 Bad Request'}`,
    `assay-protocol: ${PROTOCOL_VERSION}`,
    `content-type: ${PROBLEM_MEDIA_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
