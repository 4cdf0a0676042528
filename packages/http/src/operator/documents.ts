import type { RegistryKind } from '@assay/core';
import {
  ApiDocument,
  AppDocument,
  type AppPlan,
  applyApp,
  type Issuer,
  planApp,
  registerDocument,
  type Service,
} from '@assay/service';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asInput, fault } from '../fault.ts';
import { actorOf, issuerOf } from './acts.ts';
import { PATH, Place } from './place.ts';

/** What became of it: a version, a proposal that a second person has to approve, or with `check` neither. */
const Written = z.looseObject({ version: z.int().optional(), proposal: z.string().optional() });

interface DocumentRow {
  readonly path: string;
  readonly kind: RegistryKind;
  readonly noun: string;
  readonly body: z.ZodType;
  /** The id that the document itself bears; it must be the one in the path. */
  readonly idOf: (document: unknown) => string;
}

const ROWS: readonly DocumentRow[] = [
  { path: 'apps', kind: 'app', noun: 'app', body: AppDocument, idOf: (document) => AppDocument.parse(document).id },
  {
    path: 'apis',
    kind: 'api',
    noun: 'API',
    body: ApiDocument,
    idOf: (document) => ApiDocument.parse(document).audience,
  },
];

/** Reading and writing of registered documents: apps and APIs. One row each. */
export function registerDocuments(instance: FastifyInstance, service: Service): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  for (const row of ROWS) {
    app.get(`${PATH}/${row.path}`, {
      config: { scope: 'read' },
      schema: { summary: `List every ${row.noun}`, tags: ['registry'], params: z.strictObject(Place) },
      handler: async ({ params }) => {
        const rows = await service.store.listRegistered(issuerOf(service, params).iss, row.kind);
        return rows.map(({ id, value, version, updatedAt }) => ({
          id,
          version,
          updatedAt,
          document: JSON.parse(value),
        }));
      },
    });
    app.put(`${PATH}/${row.path}/:id`, {
      config: { scope: 'apps' },
      schema: {
        ...{ summary: `Register or change an ${row.noun}`, tags: ['registry'], body: row.body },
        params: z.strictObject({ ...Place, id: z.string().max(255) }),
        querystring: z.strictObject({
          version: z.coerce
            .number()
            .int()
            .min(0)
            .optional()
            .describe('Version that the change was made from; 0 for a new document'),
          check: z
            .enum(['true', 'false'])
            .default('false')
            .describe('`true`: only say what it would do; of apps alone'),
        }),
        response: { 200: Written },
      },
      handler: async (request) => write(service, row, request, request.params, request.query, request.body),
    });
  }
}

interface Wish {
  readonly version?: number | undefined;
  readonly check: 'true' | 'false';
}

async function write(
  service: Service,
  row: DocumentRow,
  request: FastifyRequest,
  params: { readonly tenant: string; readonly env: string; readonly id: string },
  wish: Wish,
  body: unknown,
): Promise<z.output<typeof Written>> {
  const issuer = issuerOf(service, params);
  const id = await asInput(() => row.idOf(body));
  if (id !== params.id) throw fault('http.id_mismatch', { expected: params.id, found: id });
  const [actor, json] = [actorOf(request), JSON.stringify(body)];
  if (row.kind === 'app') return writeApp(service, actor, issuer, json, wish);
  return { version: await registerDocument(service, actor, issuer.iss, { kind: row.kind, id, json }, wish.version) };
}

/** An app decides who is judged by which policy: a change of that says what it does. */
async function writeApp(service: Service, actor: string, issuer: Issuer, json: string, { version, check }: Wish) {
  const plan = await asInput(() => planApp(service, issuer, json));
  if (check === 'true') return told(plan);
  return { ...told(plan), ...(await applyApp(service, actor, issuer, plan, version)) };
}

/** Nothing where nothing is decided otherwise. */
function told({ before, loosens, impact }: AppPlan) {
  const guarded = loosens.length === 0 ? {} : { loosens };
  if (impact === undefined || before === undefined) return guarded;
  return { ...guarded, impact, before: { policy: before.policy, rollout: before.rollout } };
}
