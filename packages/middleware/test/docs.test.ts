import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { createVerifier } from '../src/index.ts';
import { jwks, optionsFor } from './kit.ts';

const PAGE = readFileSync(new URL('../../../docs/middleware.md', import.meta.url), 'utf8');
const SNIPPET = /<!-- express -->\n```ts\n([\s\S]*?)```/.exec(PAGE)?.[1] ?? '';

describe('docs/middleware.md', () => {
  it('has an Express snippet that refuses whoever brings no token', async () => {
    const { status, challenge } = await get(await appOf(SNIPPET), '/balance');
    assert.equal(status, 401);
    assert.equal(challenge, 'DPoP algs="ES256"');
  });
});

type Listener = Parameters<typeof createServer>[1];

/** The snippet as it stands on the page; its imports become those of this process. */
async function appOf(snippet: string): Promise<Listener> {
  const [{ attestation }, { default: express }] = await Promise.all([import('../src/express.ts'), import('express')]);
  const body = snippet.replaceAll(/^import .*\n/gm, '');
  assert.match(body, /app\.use\(attestation\(verifier\)\)/);
  const run = new Function('verifier', 'attestation', 'express', `${body}\nreturn app;`);
  return run(createVerifier(optionsFor({ jwks })), attestation, express);
}

async function get(app: Listener, path: string): Promise<{ status: number; challenge: string | null }> {
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  try {
    const { status, headers } = await fetch(`http://127.0.0.1:${address.port}${path}`);
    return { status, challenge: headers.get('www-authenticate') };
  } finally {
    server.close();
  }
}
