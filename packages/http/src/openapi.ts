import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

/** Schema of a route that no OpenAPI document lists: pages, metrics, the document itself. */
export const HIDDEN: FastifySchema = { hide: true };

const PREFIX = '#/components/schemas/';

/** OpenAPI 3.1 out of the schemas that validate, served at `/openapi.json`. */
export async function registerOpenApi(app: FastifyInstance, title: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  });
  app.get('/openapi.json', { schema: HIDDEN }, async () => app.swagger());
}

/** Named schemas live in one registry for the whole process; a document carries those that its own routes use. */
function withoutUnused<T extends object>(document: T): T {
  const { components, ...rest }: { readonly components?: { readonly schemas?: Record<string, unknown> } } & object =
    document;
  const schemas = components?.schemas ?? {};
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('$ref' in value && typeof value.$ref === 'string' && value.$ref.startsWith(PREFIX))
      use(value.$ref.slice(PREFIX.length));
    Object.values(value).forEach(visit);
  };
  const use = (name: string): void => {
    if (used.has(name)) return;
    used.add(name);
    visit(schemas[name]);
  };
  visit(rest);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...components, schemas: kept } };
}
