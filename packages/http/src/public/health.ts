import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/** One dependency that must be well before the server takes traffic. */
export interface ReadinessCheck {
  readonly name: string;
  /** Undefined when well, else what is wrong, without secrets. */
  check(): Promise<string | undefined>;
}

export interface Readiness {
  readonly checks: readonly ReadinessCheck[];
  /** True once a stop was asked for: load balancers should look elsewhere. */
  readonly stopping: () => boolean;
}

const Report = z
  .object({ status: z.enum(['ok', 'not ready']), checks: z.record(z.string(), z.string()) })
  .meta({ id: 'Readiness' });

/** `/livez`: the process runs. `/readyz`: store, clock and trust data are well. */
export function registerHealth(app: FastifyInstance, { checks, stopping }: Readiness): void {
  app.get('/livez', { schema: { summary: 'The process runs', tags: ['health'] } }, async () => ({ status: 'ok' }));
  app.get('/readyz', {
    schema: { summary: 'Ready for traffic', tags: ['health'], response: { 200: Report, 503: Report } },
    handler: async (_, reply) => {
      const found = await Promise.all(checks.map(async ({ name, check }) => [name, (await check()) ?? 'ok'] as const));
      const ready = !stopping() && found.every(([, state]) => state === 'ok');
      const report = { status: ready ? ('ok' as const) : ('not ready' as const), checks: Object.fromEntries(found) };
      return reply
        .code(ready ? 200 : 503)
        .header('cache-control', 'no-store')
        .send(report);
    },
  });
}
