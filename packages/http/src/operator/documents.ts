import type { RegistryKind } from '@assay/core';
import { parseStrictJson } from '@assay/formats';
import { parsePolicy } from '@assay/policy';
import { ApiDocument, AppDocument, registerDocument, type Service } from '@assay/service';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asInput, fault } from '../fault.ts';
import { actorOf, issuerOf } from './acts.ts';

const Place = { tenant: z.string().max(40), env: z.string().max(40) };
const Versioned = z.object({ version: z.int() });

interface DocumentRow {
  readonly path: string;
  readonly kind: RegistryKind;
  readonly noun: string;
  readonly body: z.ZodType;
  /** The id that the document itself bears; it must be the one in the path. */
  readonly idOf: (document: unknown) => string;
}

/** A policy is checked by its own parser, which knows the facts. */
const PolicyBody = z.looseObject({ name: z.string().max(64) }).meta({ id: 'Policy' });

const ROWS: readonly DocumentRow[] = [
  { path: 'apps', kind: 'app', noun: 'app', body: AppDocument, idOf: (document) => AppDocument.parse(document).id },
  {
    path: 'apis',
    kind: 'api',
    noun: 'API',
    body: ApiDocument,
    idOf: (document) => ApiDocument.parse(document).audience,
  },
  { path: 'policies', kind: 'policy', noun: 'policy', body: PolicyBody, idOf: policyName },
];

function policyName(document: unknown): string {
  return parsePolicy(parseStrictJson(JSON.stringify(document))).name;
}

/** Reading and writing of registered documents: apps, APIs, policies. One row each. */
export function registerDocuments(instance: FastifyInstance, service: Service): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  for (const row of ROWS) {
    app.get(`/admin/v1/t/:tenant/e/:env/${row.path}`, {
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
    app.put(`/admin/v1/t/:tenant/e/:env/${row.path}/:id`, {
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
        response: { 200: Versioned },
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
): Promise<z.output<typeof Versioned>> {
  const issuer = issuerOf(service, params);
  const id = await asInput(() => row.idOf(body));
  if (id !== params.id) throw fault('http.id_mismatch', { expected: params.id, found: id });
  const document = { kind: row.kind, id, json: JSON.stringify(body) };
  return { version: await registerDocument(service, actorOf(request), issuer.iss, document, expected) };
}
