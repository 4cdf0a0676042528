import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { Outcome } from '@assay/client';
import { createVerifier, fromNode, type VerificationEvent } from '@assay/middleware';
import { FORGED, GENUINE, type Role } from '../../src/up/cast.ts';
import { BANK } from '../../src/up/demo-app.ts';
import { type DemoServer, startDemoServer } from '../../src/up/demo-server.ts';
import { createDemoPhone } from '../../src/up/phone.ts';
import { choosePorts } from '../../src/up/ports.ts';
import { createFolder } from '../support/assay.ts';

// Sealed mode through the whole chain: client, server, and an API behind the middleware.

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
const encryptionKey = { kty: 'EC', crv: 'P-256', x, y };

const events: VerificationEvent[] = [];
let demo: DemoServer;
const api = createServer();

/** Changes a registered document. */
async function change(kind: 'app' | 'api', id: string, changes: object): Promise<void> {
  const { store, registry } = demo.server.service;
  const row = await store.registered(demo.iss, kind, id);
  const document = JSON.stringify({ ...JSON.parse(row?.value ?? '{}'), ...changes });
  assert.ok(await store.register(demo.iss, kind, id, document, row?.version ?? 0, Date.now()));
  registry.forget();
}

before(async () => {
  const ports = await choosePorts({ public: 0, operator: 0, api: 0 }, () => {});
  demo = await startDemoServer(createFolder(), ports);
  await change('api', demo.apiOrigin, { encryptionKey });
  await change('app', BANK.id, { refusals: 'sealed' });
  const verifier = createVerifier({
    ...{
      issuer: demo.iss,
      audience: demo.apiOrigin,
      publicOrigin: demo.apiOrigin,
      apps: [BANK.id],
      shape: 'access_token',
    },
    ...{ decryptionKeys: [privateKey], onEvent: (event) => events.push(event) },
  });
  api.on('request', async (request, response) => {
    const target = request.url ?? '';
    const result = await verifier.verify(fromNode(request, target, target));
    if (result.outcome !== 'refused') return response.writeHead(204, result.headers).end();
    return response.writeHead(result.status, result.headers).end(JSON.stringify(result.problem));
  });
  await new Promise<void>((resolve) => api.listen(ports.api, '127.0.0.1', resolve));
});

after(async () => {
  api.closeAllConnections();
  api.close();
  await demo.stop();
});

async function call(role: Role): Promise<Outcome<{ readonly response: Response }>> {
  const { client } = await createDemoPhone(demo, role, () => {});
  return client.fetch(new Request(`${demo.apiOrigin}/v1/balance`));
}

const byId = (id: string): Role => {
  const found = FORGED.find(({ fault }) => fault?.id === id);
  assert.ok(found, id);
  return found;
};

describe('an app with sealed refusals', () => {
  it('calls its API on a genuine phone', async () => {
    for (const role of GENUINE.filter(({ app }) => app === BANK)) {
      const outcome = await call(role);
      assert.ok(outcome.kind === 'ok', JSON.stringify(outcome));
      assert.equal(outcome.response.status, 204);
    }
  });

  for (const id of ['unlocked-bootloader', 'other-signer']) {
    it(`gets tokens on a phone with ${id} too, and one 401 from its API`, async () => {
      const outcome = await call(byId(id));
      assert.ok(outcome.kind === 'ok', JSON.stringify(outcome));
      const { code, required } = (await outcome.response.json()) as { code: string; required?: object };
      assert.deepEqual([outcome.response.status, code, required], [401, 'invalid_token', undefined]);
      assert.equal(events.at(-1)?.code, 'middleware.decoy_refused');
    });
  }
});
