import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BASE, createHttpWorld } from './support/world.ts';

interface Operation {
  readonly summary?: string;
  readonly responses: Record<string, { readonly description?: string; readonly content?: object }>;
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required?: boolean }[];
}

interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

const world = await createHttpWorld();
const read = async (name: 'publicApp' | 'operatorApp'): Promise<Document> =>
  (await world[name].inject({ url: '/openapi.json', headers: { host: 'localhost' } })).json();

for (const name of ['publicApp', 'operatorApp'] as const) {
  describe(`OpenAPI document of the ${name}`, () => {
    it('is OpenAPI 3.1 and describes every operation', async () => {
      const { openapi, paths, info } = await read(name);
      assert.match(openapi, /^3\.1\.\d$/);
      assert.ok(info.title && info.version);
      for (const [path, operations] of Object.entries(paths)) {
        for (const [method, { summary, responses, parameters = [] }] of Object.entries(operations)) {
          assert.ok(summary, `${method} ${path}`);
          assert.ok(Object.keys(responses).length > 0);
          for (const [status, { description }] of Object.entries(responses)) {
            assert.match(status, /^(?:[1-5]\d\d|default)$/);
            assert.equal(typeof description, 'string');
          }
          const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, param]) => param);
          const declared = parameters.filter((each) => each.in === 'path').map((each) => each.name);
          assert.deepEqual(declared.toSorted(), named.toSorted(), path);
        }
      }
    });

    it('names exactly the schemas that it uses', async () => {
      const document = await read(name);
      const used = new Set(
        [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, id]) => id),
      );
      assert.deepEqual([...used].toSorted(), Object.keys(document.components.schemas).toSorted());
    });
  });
}

describe('the public document', () => {
  it('has every public route and no operator’s schema', async () => {
    const { paths, components } = await read('publicApp');
    assert.deepEqual(
      Object.keys(paths).toSorted(),
      [
        ...['/livez', '/readyz', `/.well-known/oauth-authorization-server${BASE}`],
        ...['attest', 'challenge', 'jwks', 'pins/{app}', 'refresh', 'rekey'].map((route) => `${BASE}/v1/${route}`),
        ...[
          'generateAppAttestChallenge',
          'exchangeAppAttestAttestation',
          'exchangeAppAttestAssertion',
          'exchangeDebugToken',
        ].map((method) => `${BASE}/v1/projects/{project}/apps/{app}:${method}`),
      ].toSorted(),
    );
    assert.deepEqual(
      Object.keys(components.schemas).filter((schema) => /^(?:App|Api|Policy|Secret|Signer|Android)/.test(schema)),
      [],
    );
    const attest = paths[`${BASE}/v1/attest`]?.['post'];
    assert.deepEqual(Object.keys(attest?.responses['403']?.content ?? {}), ['application/assay-reply+jwt']);
    assert.deepEqual(Object.keys(attest?.responses['400']?.content ?? {}), ['application/problem+json']);
  });
});
