import type { Context, MiddlewareHandler } from 'hono';
import type { Attestation } from './attestation.ts';
import { bodyOf, fromNode, fromRequest, type Incoming, type NodeRequest, targetOf } from './incoming.ts';
import type { VerifierOptions } from './options.ts';
import { toVerifier, type Verifier } from './verifier.ts';

/** For `new Hono<{ Variables: AttestationVariables }>()`. */
export interface AttestationVariables {
  /** What is proven about the caller; absent where the stage let the request through without. */
  attestation?: Attestation;
}

/**
 * Middleware for Hono 4, on Node's server or any other. Give routes with demands of their own `verifier.forRoute(…)`.
 *
 * @example
 * const verifier = createVerifier({ … });
 * app.use(attestation(verifier));
 * app.post('/pay', attestation(verifier.forRoute({ acr: 'high', maxAge: 300 })), pay);
 *
 * @throws ConfigError as `createVerifier`
 */
export function attestation(from: Verifier | VerifierOptions): MiddlewareHandler<{ Variables: AttestationVariables }> {
  const verifier = toVerifier(from);
  return async (c, next) => {
    const result = await verifier.verify(toIncoming(c));
    if (result.outcome === 'refused') {
      return new Response(JSON.stringify(result.problem), { status: result.status, headers: result.headers });
    }
    if (result.outcome === 'admitted') c.set('attestation', result.attestation);
    await next();
    // Only now: headers that are set earlier are lost when a handler returns a Response of its own.
    for (const [name, value] of Object.entries(result.headers)) c.header(name, value);
    return undefined;
  };
}

/**
 * Node's server hands the original request along. It shows what the Fetch API hides: the second of two `Authorization`
 * headers, an absolute target, and dot segments that were resolved for routing.
 */
function toIncoming({ req, env }: Context): Incoming {
  const original = nodeRequestIn(env);
  if (original === undefined) return fromRequest(req.raw);
  const routed = targetOf(req.raw.url);
  const body = bodyOf(req.raw);
  return { ...fromNode(original, original.url ?? '', routed), method: req.method, body, source: req.raw };
}

function nodeRequestIn(env: unknown): NodeRequest | undefined {
  const incoming = typeof env === 'object' && env !== null && 'incoming' in env ? env.incoming : undefined;
  return isNodeRequest(incoming) ? incoming : undefined;
}

/** Other runtimes may call something of their own `incoming`. */
function isNodeRequest(value: unknown): value is NodeRequest {
  return typeof value === 'object' && value !== null && 'rawHeaders' in value && Array.isArray(value.rawHeaders);
}
