import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Client, createClient } from '@assay/client';
import { createMemoryStorage, NODE_CRYPTO } from '@assay/client/node';
import { FAULTS, type Fault, type FaultRow, type VirtualPhone } from '@assay/virtual-devices';
import { createPhone, type Platform } from './support/app.ts';
import { APP, createTestServer, ISS, NOW, random, rootWire, type TestServer } from './support/server.ts';

function install(phone: VirtualPhone, server: TestServer): Client {
  return createClient({
    ...{ iss: ISS, app: APP.package, appVersion: '4.2.0', audiences: ['https://api.example.com'], adapter: phone },
    ...{ crypto: NODE_CRYPTO, fetch: phone.through(server.fetch), clock: () => NOW, random, trustedRoot: rootWire },
    storage: createMemoryStorage(),
  });
}

describe('the client on a test phone', () => {
  for (const platform of ['android', 'ios'] as const satisfies readonly Platform[]) {
    it(`${platform}: enrols, refreshes and rekeys`, async () => {
      const client = install(createPhone(platform), createTestServer());
      const calls = [client.refresh, client.refresh, client.rekey, client.refresh];
      for (const call of calls) assert.equal((await call()).kind, 'ok');
    });

    for (const fault of Object.keys(FAULTS) as Fault[]) {
      const row: FaultRow = FAULTS[fault];
      const difference = row[platform];
      // Two faults change the request after the client made it, and the reply then answers a request it never sent.
      if (difference === undefined || fault === 'swapped-encryption-key' || fault === 'altered-statement') continue;
      it(`${platform}: is told of ${fault} in a signed reply`, async () => {
        const server = createTestServer();
        const client = install(createPhone(platform, [fault]), server);
        let outcome = await client.refresh();
        if (fault === 'stuck-counter') outcome = await client.refresh();
        assert.ok(outcome.kind === 'refused');
        assert.equal(outcome.reasons?.[0], difference.code);
      });
    }

    it(`${platform}: believes no answer to a request that was changed on the way`, async () => {
      for (const fault of ['swapped-encryption-key', 'altered-statement'] as const) {
        const outcome = await install(createPhone(platform, [fault]), createTestServer()).refresh();
        assert.equal(outcome.kind === 'wait' && outcome.code, 'tokens.reply_mismatch');
      }
    });
  }
});
