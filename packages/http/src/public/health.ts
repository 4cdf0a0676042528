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
  /** What deserves a look although the server is ready, by name. */
  readonly notes?: () => Readonly<Record<string, string>>;
}

const Report = z
  .object({
    status: z.enum(['ok', 'not ready']),
    checks: z.record(z.string(), z.string()),
    notes: z.record(z.string(), z.string()).optional(),
  })
  .meta({ id: 'Readiness' });

const Alive = z.object({ status: z.literal('ok') });

/** `/livez`: the process runs. `/readyz`: store, clock and trust data are well. Neither is ever shed for load. */
export function registerHealth(app: FastifyInstance, { checks, stopping, notes }: Readiness): void {
  const look = shared(async () => {
    const found = await Promise.all(checks.map(async ({ name, check }) => [name, (await check()) ?? 'ok'] as const));
    return Object.fromEntries(found);
  });
  app.get('/livez', {
    config: { cost: 'free' },
    schema: { summary: 'The process runs', tags: ['health'], response: { 200: Alive } },
    handler: async (_, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  });
  app.get('/readyz', {
    config: { cost: 'free' },
    schema: { summary: 'Ready for traffic', tags: ['health'], response: { 200: Report, 503: Report } },
    handler: async (_, reply) => {
      const found = await look();
      const ready = !stopping() && Object.values(found).every((state) => state === 'ok');
      reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
      const noted = notes?.() ?? {};
      const told = Object.keys(noted).length === 0 ? {} : { notes: noted };
      return reply.send({ status: ready ? 'ok' : 'not ready', checks: found, ...told });
    },
  });
}

/** Callers at the same time share one run: a flood of probes asks the store once. */
function shared<T>(run: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () => {
    underWay ??= run().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
