import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { after, before, describe, it, mock } from 'node:test';
import { serve } from '@hono/node-server';
import type { FastifyInstance } from 'fastify';
import type { Hono } from 'hono';
import { type Answered, type Running, running } from './hosts.ts';
import { type HeaderList, ISSUER, jwks, ORIGIN, proofFor, tokenFor } from './kit.ts';

// What stands on the page is run as it stands: every snippet, behind a real server, with the tokens of a real issuer.

const PAGE = readFileSync(new URL('../../../docs/middleware.md', import.meta.url), 'utf8');
const BLOCK = '```ts\n';

/** The first block of code under a heading. */
function codeUnder(heading: string): string {
  const [, section = ''] = PAGE.split(`\n${heading}\n`);
  const [, code = ''] = section.split(BLOCK);
  return code.split('\n```')[0] ?? '';
}

let modules = 0;

/** A module of this code, whose imports are those of this package. Its snippets end without an export: `name` is added. */
function moduleOf<T>(code: string, name?: string): Promise<T> {
  const resolved = code.replaceAll(/ from '([^']+)'/g, (_, specifier) => ` from '${import.meta.resolve(specifier)}'`);
  const exported = name === undefined ? '' : `\nexport { ${name} };`;
  modules += 1; // an address of its own: one address is one module, and one server
  const plain = stripTypeScriptTypes(`${resolved}${exported}\n// ${modules}`);
  return import(`data:text/javascript,${encodeURIComponent(plain)}`);
}

const VERIFIER = codeUnder('## One verifier for each API');
const underVerifier = <T>(heading: string, name?: string): Promise<T> =>
  moduleOf(`${VERIFIER}\n${codeUnder(heading)}`, name);

const listening = (server: Server): Promise<Running> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(running(server, []))));

type Fetch = (request: Request) => Response | Promise<Response>;

const serving = (fetch: Fetch): Promise<Running> =>
  new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(running(server as Server, [])));
  });

interface Snippet {
  readonly heading: string;
  start(): Promise<Running>;
}

const EXPRESS = '### Express 5';
const FASTIFY = '### Fastify 5';
const HONO = '### Hono 4';
const FETCH = '### Fetch API';

const SNIPPETS: readonly Snippet[] = [
  {
    heading: EXPRESS,
    start: async () => {
      const { app } = await underVerifier<{ app: RequestListener }>(EXPRESS, 'app');
      return listening(createServer(app));
    },
  },
  {
    heading: FASTIFY,
    start: async () => {
      const { app } = await underVerifier<{ app: FastifyInstance }>(FASTIFY, 'app');
      await app.listen({ port: 0, host: '127.0.0.1' });
      return running(app.server, []);
    },
  },
  {
    heading: HONO,
    start: async () => serving((await underVerifier<{ app: Hono }>(HONO, 'app')).app.fetch),
  },
  {
    heading: FETCH,
    start: async () => serving((await underVerifier<{ handle: Fetch }>(FETCH)).handle),
  },
];

/** Calls as an app does: once without a nonce, then with the one that the answer brings. */
async function call(api: Running, method: string, path: string, attestation: string): Promise<Answered> {
  const url = `${ORIGIN}${path}`;
  const iat = Math.floor(Date.now() / 1000);
  const sendWith = async (nonce: string | undefined): Promise<Answered> => {
    const proof = await proofFor({ method, url, iat, attestation, nonce });
    const headers: HeaderList = [
      ['OAuth-Client-Attestation', attestation],
      ['DPoP', proof],
      ['Content-Length', '0'],
    ];
    return api.send(method, path, headers);
  };
  const first = await sendWith(undefined);
  assert.equal(codeIn(first), 'use_dpop_nonce');
  return sendWith(String(first.headers['dpop-nonce']));
}

const codeIn = ({ body }: Answered): unknown => JSON.parse(body).code;

describe('docs/middleware.md', () => {
  before(() => {
    mock.method(console, 'log', () => undefined);
    mock.method(globalThis, 'fetch', async (request: Request) => {
      assert.equal(request.url, `${ISSUER}/v1/jwks`);
      return Response.json(jwks);
    });
  });

  // The files of a run share one process.
  after(() => mock.restoreAll());

  for (const { heading, start } of SNIPPETS) {
    it(`${heading}: refuses whoever brings no token, and answers the app`, async () => {
      const api = await start();
      try {
        const refused = await api.send('GET', '/balance', []);
        assert.deepEqual([refused.status, codeIn(refused)], [401, 'attestation_required']);
        assert.equal(refused.headers['www-authenticate'], 'DPoP algs="ES256"');
        const answered = await call(api, 'GET', '/balance', tokenFor({}, Date.now()));
        assert.deepEqual([answered.status, answered.body], [200, '{"install":"pseudonym"}']);
      } finally {
        await api.close();
      }
    });
  }

  for (const { heading, start } of SNIPPETS.filter((each) => each.heading !== FETCH)) {
    it(`${heading}: asks for more where money moves`, async () => {
      const api = await start();
      try {
        const weak = await call(api, 'POST', '/pay', tokenFor({}, Date.now()));
        assert.deepEqual([weak.status, codeIn(weak)], [401, 'use_fresh_attestation']);
        const required = { acr: 'urn:assay:app:high', tier: 'warning', max_age: 300 };
        assert.deepEqual(JSON.parse(weak.body).required, required);
        const strong = tokenFor({ assurance: 'high' }, Date.now());
        assert.equal((await call(api, 'POST', '/pay', strong)).status, 204);
        const stale = tokenFor({ assurance: 'high', freshAt: Date.now() - 400_000 }, Date.now());
        assert.equal(codeIn(await call(api, 'POST', '/pay', stale)), 'use_fresh_attestation');
      } finally {
        await api.close();
      }
    });
  }

  it('Fastify leaves out the route that asks for no check', async () => {
    const { app } = await underVerifier<{ app: FastifyInstance }>(FASTIFY, 'app');
    const { statusCode, body } = await app.inject('/status');
    assert.deepEqual([statusCode, body], [200, 'up']);
  });

  it('serves the metadata of the API to everybody', async () => {
    const code = `import express from 'express';\nconst app = express();\n${codeUnder('## Metadata (RFC 9728)')}`;
    const api = await listening(createServer((await moduleOf<{ app: RequestListener }>(code, 'app')).app));
    try {
      const { status, body } = await api.send('GET', '/.well-known/oauth-protected-resource', []);
      assert.equal(status, 200);
      assert.deepEqual([JSON.parse(body).resource, JSON.parse(body).authorization_servers], [ORIGIN, [ISSUER]]);
    } finally {
      await api.close();
    }
  });

  it('has no code that is not run here', () => {
    const run = ['## One verifier for each API', '## Metadata (RFC 9728)', ...SNIPPETS.map(({ heading }) => heading)];
    const code = run.map(codeUnder);
    assert.ok(code.every((each) => each !== ''));
    assert.equal(PAGE.split(BLOCK).length - 1, new Set(code).size);
  });
});
