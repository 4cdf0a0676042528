import { type Issuer, type Service, traceOf } from '@assay/service';
import { parseSupportCode } from '@assay/tokens';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { fault } from '../fault.ts';
import { sendProblem } from '../problems/problem.ts';
import { HTTP_REASONS } from '../reasons.ts';
import { actorOf, audited, issuerOf } from './acts.ts';
import { createGuesses, LOCK_MS, MAX_MISSES } from './guesses.ts';

const Params = z.strictObject({ tenant: z.string().max(40), env: z.string().max(40), code: z.string().max(32) });
const LOCKED = HTTP_REASONS['http.lookups_locked'];

/** What a user's support code stands for. Every look-up that found something is audited, and so is a lock-out for guessing. */
export function registerSupport(instance: FastifyInstance, service: Service): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const guesses = createGuesses(service.clock);
  app.get('/admin/v1/t/:tenant/e/:env/support/:code', {
    config: { scope: 'read' },
    schema: { summary: 'What a support code stands for, with the full trace', tags: ['records'], params: Params },
    handler: async (request, reply) => {
      const issuer = issuerOf(service, request.params);
      const support = parseSupportCode(request.params.code);
      const credential = actorOf(request);
      const { wait, locksOut } = guesses.begin(credential);
      if (locksOut) await auditLock(service, issuer, request);
      if (wait > 0) return refuse(reply, wait);
      const found = await traceOf(service, issuer, support).catch((error: unknown) => {
        guesses.takeBack(credential); // an outage is no guess
        throw error;
      });
      if (found === undefined) throw fault('http.support_unknown');
      guesses.takeBack(credential);
      await audited(service, issuer, request, 'support.read', support);
      return found;
    },
  });
}

function auditLock(service: Service, issuer: Issuer, request: FastifyRequest): Promise<void> {
  const detail = { misses: MAX_MISSES, seconds: LOCK_MS / 1_000 };
  return audited(service, issuer, request, 'support.lock', actorOf(request), detail);
}

/** Also for a code that exists: whoever guesses learns nothing more until the lock-out ends. */
function refuse(reply: FastifyReply, wait: number): FastifyReply {
  const { code, summary, hint } = LOCKED;
  return sendProblem(reply, 'rate_limited', { retry_after_ms: wait, detail: `${code}: ${summary}; next: ${hint}` });
}
