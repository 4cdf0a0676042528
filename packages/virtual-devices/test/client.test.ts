import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Client, type ClientOptions, createClient, type Timer } from '@assay/client';
import { createMemoryStorage, NODE_CRYPTO } from '@assay/client/node';
import { FAULTS, type Fault, type FaultRow, type VirtualPhone } from '@assay/virtual-devices';
import { createPhone, DEVICES } from './support/app.ts';
import { APP, createTestServer, ISS, NOW, random, rootWire, type TestServer } from './support/server.ts';

function install(phone: VirtualPhone, server: TestServer, changes: Partial<ClientOptions> = {}): Client {
  return createClient({
    ...{ iss: ISS, app: APP.package, appVersion: '4.2.0', audiences: ['https://api.example.com'], adapter: phone },
    ...{ crypto: NODE_CRYPTO, fetch: phone.through(server.fetch), clock: () => NOW, random, trustedRoot: rootWire },
    storage: createMemoryStorage(),
    ...changes,
  });
}

describe('the client on a test phone', () => {
  for (const [name, { kinds, make }] of Object.entries(DEVICES)) {
    it(`${name}: enrols, refreshes and rekeys`, async () => {
      const client = install(make(), createTestServer());
      const calls = [client.refresh, client.refresh, client.rekey, client.refresh];
      for (const call of calls) assert.equal((await call()).kind, 'ok');
    });

    for (const fault of Object.keys(FAULTS) as Fault[]) {
      const row: FaultRow = FAULTS[fault];
      const difference = kinds.map((kind) => row[kind]).find((each) => each !== undefined);
      // Two faults change the request after the client made it, and the reply then answers a request it never sent.
      if (difference === undefined || fault === 'swapped-encryption-key' || fault === 'altered-statement') continue;
      if (difference.code === 'service.evidence_inconsistent') continue; // found where pieces are joined
      it(`${name}: is told of ${fault} in a signed reply`, async () => {
        const server = createTestServer();
        const client = install(make([fault]), server);
        let outcome = await client.refresh();
        if (fault === 'stuck-counter') outcome = await client.refresh();
        assert.ok(outcome.kind === 'refused');
        assert.equal(outcome.reasons?.[0], difference.code);
      });
    }

    it(`${name}: believes no answer to a request that was changed on the way`, async () => {
      for (const fault of ['swapped-encryption-key', 'altered-statement'] as const) {
        const outcome = await install(make([fault]), createTestServer()).refresh();
        assert.equal(outcome.kind === 'wait' && outcome.code, 'tokens.reply_mismatch');
      }
    });
  }

  it('ios: enrols again with a new App Attest key when the server knows the old one no more', async () => {
    const phone = createPhone('ios');
    const made: string[] = [];
    const counting = phone.order === 'key_first' ? { ...phone, createAnchor: noting(phone.createAnchor, made) } : phone;
    const server = createTestServer();
    const client = install(counting, server);
    assert.equal((await client.refresh()).kind, 'ok');
    server.forget();
    assert.equal((await client.refresh()).kind, 'ok');
    assert.deepEqual(
      server.judgements.map(({ codes }) => codes),
      [[], ['service.instance_unknown'], []],
    );
    assert.equal(new Set(made).size, 2);
    server.forget();
    assert.equal((await client.refresh()).kind, 'refused', 'once an hour, whatever the server says');
    assert.equal(made.length, 2);
  });

  it('ios: an attestation that never returns ends in a wait, and its key is attested the next time', async () => {
    const phone = createPhone('ios');
    assert.ok(phone.order === 'key_first');
    const made: string[] = [];
    const begun = Promise.withResolvers<void>();
    let isHanging = true;
    let now = NOW;
    let ring = (): void => {};
    const moody: VirtualPhone = {
      ...phone,
      createAnchor: noting(phone.createAnchor, made),
      attest: (anchor, binding) => {
        begun.resolve();
        return isHanging ? new Promise(() => {}) : phone.attest(anchor, binding);
      },
    };
    const timer: Timer = (_, callback) => {
      ring = callback;
      return () => {};
    };
    const client = install(moody, createTestServer(), { timer, clock: () => now });
    const asked = client.refresh();
    await begun.promise;
    ring();
    const outcome = await asked;
    assert.ok(outcome.kind === 'wait');
    assert.equal(outcome.code, 'client.platform_timeout');
    isHanging = false;
    now = outcome.retryAt;
    assert.equal((await client.refresh()).kind, 'ok');
    assert.equal(made.length, 1);
  });
});

function noting(create: () => Promise<string>, made: string[]): () => Promise<string> {
  return async () => {
    const id = await create();
    made.push(id);
    return id;
  };
}
