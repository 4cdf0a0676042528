import type { Request, RequestHandler, Response } from 'express';
import type { Attestation } from './attestation.ts';
import type { Refused } from './decide.ts';
import { fromNode, type Incoming, pathOf } from './incoming.ts';
import type { VerifierOptions } from './options.ts';
import { toVerifier, type Verifier } from './verifier.ts';

declare global {
  namespace Express {
    interface Request {
      /** What is proven about the caller; absent where the stage let the request through without. */
      attestation?: Attestation;
    }
  }
}

/**
 * Middleware for Express 5. Refused requests are answered here; crashes go to the error handler. Put it before anything that
 * rewrites addresses, and give routes with demands of their own `verifier.forRoute(…)`.
 *
 * @example
 * const verifier = createVerifier({ … });
 * app.use(attestation(verifier));
 * app.post('/pay', attestation(verifier.forRoute({ acr: 'high', maxAge: 300 })), pay);
 *
 * @throws ConfigError as `createVerifier`
 */
export function attestation(from: Verifier | VerifierOptions): RequestHandler {
  const verifier = toVerifier(from);
  return async (request, response, next) => {
    const result = await verifier.verify(toIncoming(request));
    if (result.outcome === 'refused') return send(response, result);
    response.set(result.headers);
    if (result.outcome === 'admitted') request.attestation = result.attestation;
    next();
  };
}

function toIncoming(request: Request): Incoming {
  const octets = octetsOf(request);
  const body = octets === undefined ? undefined : async (): Promise<Uint8Array> => octets;
  return fromNode(request, request.originalUrl, routedTarget(request), body);
}

/** Of `express.raw()`, or of whatever keeps them in `rawBody`; a body that was parsed has none any more. */
function octetsOf(request: Request): Uint8Array | undefined {
  const { body }: { readonly body?: unknown } = request;
  const kept = 'rawBody' in request ? request.rawBody : body;
  return kept instanceof Uint8Array ? kept : undefined;
}

/** A router strips the path it is mounted on off `url`; a request for just that path gets a slash that nobody sent. */
function routedTarget({ originalUrl, baseUrl, url }: Request): string {
  const isMountPath = pathOf(originalUrl) === baseUrl && pathOf(url) === '/';
  return isMountPath ? originalUrl : baseUrl + url;
}

function send(response: Response, { status, headers, problem }: Refused): void {
  // Not json(): it would add a charset to the media type, which RFC 9457 has none for.
  response.status(status).set(headers).end(JSON.stringify(problem));
}
