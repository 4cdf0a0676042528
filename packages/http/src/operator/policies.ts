import {
  applyPlan,
  type Issuer,
  impactOf,
  listPolicies,
  type PolicyPlan,
  PolicySource,
  planPolicy,
  planRollback,
  policyHistory,
  policyPage,
  policyVersion,
  type Service,
} from '@assay/service';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asInput } from '../fault.ts';
import { sendProblem } from '../problems/problem.ts';
import { actorOf, issuerOf } from './acts.ts';
import { createGate, type Gate } from './gate.ts';
import { PATH, Place, PlaceParams } from './place.ts';

const Named = z.strictObject({ ...Place, id: z.string().max(64) });
const Version = z.coerce.number().int().min(1).max(1_000_000_000);
const Query = z.strictObject({
  check: z.enum(['true', 'false']).default('false').describe('`true`: only say what it would do'),
  version: z.coerce.number().int().min(0).optional().describe('Newest version that the change was made from'),
});

/** Policies with their versions: read, changed, taken back. A change says what it does before it is made, and when it is. */
export function registerPolicies(instance: FastifyInstance, service: Service): void {
  registerReading(instance, service);
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const gate = createGate(1);

  app.put(`${PATH}/policies/:id`, {
    config: { scope: 'policies' },
    schema: {
      ...{ summary: 'Put a new version of a policy into force, or say what it would do', tags: ['policies'] },
      ...{ params: Named, querystring: Query, body: PolicySource },
    },
    handler: async (request, reply) => {
      const { params, query, body } = request;
      const issuer = issuerOf(service, params);
      const plan = () => asInput(() => planPolicy(service, issuer, params.id, body.source));
      return change({ service, gate, issuer, plan, query, restores: null }, request, reply);
    },
  });

  app.post(`${PATH}/policies/:id/rollback`, {
    config: { scope: 'policies' },
    schema: {
      ...{ summary: 'Return to the text of an older version, as a new version', tags: ['policies'] },
      ...{ params: Named, querystring: Query, body: z.strictObject({ version: Version }) },
    },
    handler: async (request, reply) => {
      const { params, query, body } = request;
      const issuer = issuerOf(service, params);
      const plan = () => asInput(() => planRollback(service, issuer, params.id, body.version));
      return change({ service, gate, issuer, plan, query, restores: body.version }, request, reply);
    },
  });
}

interface Change {
  readonly service: Service;
  /** What a change would do is worked out over stored facts: for one caller at a time. */
  readonly gate: Gate;
  readonly issuer: Issuer;
  readonly plan: () => Promise<PolicyPlan>;
  readonly query: z.output<typeof Query>;
  readonly restores: number | null;
}

async function change(asked: Change, request: FastifyRequest, reply: FastifyReply) {
  const leave = asked.gate.enter();
  if (leave === undefined) return sendProblem(reply, 'overloaded');
  try {
    const { service, issuer, query, restores } = asked;
    const plan = await asked.plan();
    const impact = await asInput(() => impactOf(service, issuer, plan));
    const { name, base, guarded, diff } = plan;
    const told = { name, base, guarded, ...diff, impact };
    if (query.check === 'true') return told;
    const applied = await applyPlan(service, actorOf(request), issuer, plan, { expected: query.version, restores });
    return { ...told, ...applied };
  } finally {
    leave();
  }
}

function registerReading(instance: FastifyInstance, service: Service): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(`${PATH}/policies`, {
    config: { scope: 'read' },
    schema: { summary: 'Stored policies, presets, and what no longer holds', tags: ['policies'], params: PlaceParams },
    handler: async ({ params }) => listPolicies(service, issuerOf(service, params)),
  });

  app.get(`${PATH}/policies/:id`, {
    config: { scope: 'read' },
    schema: { summary: 'A policy in force, with its text and where it is used', tags: ['policies'], params: Named },
    handler: async ({ params }) => policyPage(service, issuerOf(service, params), params.id),
  });

  app.get(`${PATH}/policies/:id/versions`, {
    config: { scope: 'read' },
    schema: { summary: 'Versions of a policy, newest first', tags: ['policies'], params: Named },
    handler: async ({ params }) => policyHistory(service, issuerOf(service, params), params.id),
  });

  app.get(`${PATH}/policies/:id/versions/:version`, {
    config: { scope: 'read' },
    schema: {
      ...{ summary: 'One version of a policy, with its text', tags: ['policies'] },
      params: z.strictObject({ ...Named.shape, version: Version }),
    },
    handler: async ({ params }) => policyVersion(service, issuerOf(service, params), params.id, params.version),
  });
}
