import { authenticate, type Operator, type Scope, type Service } from '@assay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_MEDIA_TYPE } from '../problems/problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Scope that a credential needs for this route; a route without one is open on this listener. */
    readonly scope?: Scope;
  }
  interface FastifyRequest {
    operator: Operator | null;
  }
}

/** Checks the bearer credential against the route's scope; answers 401 or 403 by itself. */
export async function authorize(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { scope } = request.routeOptions.config;
  if (scope === undefined) return undefined;
  const token = /^Bearer ([A-Za-z0-9_-]{1,128})$/.exec(request.headers.authorization ?? '')?.[1];
  const operator = token === undefined ? undefined : await authenticate(service.store, service.clock(), token);
  if (operator === undefined)
    return refuse(reply, 401, 'credential_required', 'A valid operator credential is required');
  if (!operator.scopes.has(scope))
    return refuse(reply, 403, 'scope_missing', `The credential lacks the scope ${scope}`);
  request.operator = operator;
  return undefined;
}

function refuse(reply: FastifyReply, status: 401 | 403, code: string, title: string): FastifyReply {
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="assay operator"');
  return reply
    .code(status)
    .type(PROBLEM_MEDIA_TYPE)
    .send({ type: `urn:assay:problem:${code}`, title, status, code });
}
