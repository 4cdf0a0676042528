import type { RegistryKind } from '@assay/core';
import { ApiDocument, AppDocument, type Applied, registerApp, registerDocument, type Service } from '@assay/service';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asInput, fault } from '../fault.ts';
import { actorOf, issuerOf } from './acts.ts';
import { PATH, Place } from './place.ts';

const Versioned = z.object({ version: z.int() });
/** Of a change that a second person has to approve first. */
const Proposed = z.object({ proposal: z.string() });

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
        }),
        response: { 200: z.union([Versioned, Proposed]) },
      },
      handler: async (request) => write(service, row, request, request.params, request.query.version, request.body),
    });
  }
}

async function write(
  service: Service,
  row: DocumentRow,
  request: FastifyRequest,
  params: { readonly tenant: string; readonly env: string; readonly id: string },
  expected: number | undefined,
  body: unknown,
): Promise<Applied> {
  const issuer = issuerOf(service, params);
  const id = await asInput(() => row.idOf(body));
  if (id !== params.id) throw fault('http.id_mismatch', { expected: params.id, found: id });
  const [actor, json] = [actorOf(request), JSON.stringify(body)];
  if (row.kind === 'app') return asInput(() => registerApp(service, actor, issuer, json, expected));
  return { version: await registerDocument(service, actor, issuer.iss, { kind: row.kind, id, json }, expected) };
}
