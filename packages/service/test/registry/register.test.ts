import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { createIssuer, createIssuers, registerDocument } from '@assay/service';
import { createTestWorld, ISSUER, withCode } from '../support/world.ts';

const { iss } = ISSUER;

describe('a registered document', () => {
  it('changes from the version that it was read at, or from whatever is there', async () => {
    const { service, store } = await createTestWorld();
    const write = (json: string, expected?: number) =>
      registerDocument(service, 'ann', iss, { kind: 'setting', id: 'house', json }, expected);
    assert.equal(await write('1', 0), 1);
    await assert.rejects(write('2', 0), withCode('service.conflict'));
    assert.equal(await write('2'), 2);
    assert.equal((await store.registered(iss, 'setting', 'house'))?.value, '2');
    const row = await store.lastAudit(iss);
    assert.deepEqual(
      [row?.seq, row?.act, row?.subject, row?.detail],
      [2, 'setting.register', 'house', '{"version":2}'],
    );
  });

  it('is no app of `dev` evidence outside kind development', async () => {
    const { service } = await createTestWorld();
    const app = { id: 'com.example.ci', label: 'CI', audiences: ['https://api.example.com'], dev: true };
    const write = (iss: string) =>
      registerDocument(service, 'ann', iss, { kind: 'app', id: app.id, json: JSON.stringify(app) }, 0);
    const live = createIssuer('https://attest.example.com', 'acme', 'live', 'production');
    const issuers = createIssuers([ISSUER, live]);
    Object.assign(service, { issuers });
    await assert.rejects(write(live.iss), withCode('service.dev_not_allowed'));
    assert.equal(await write(iss), 1);
  });

  it('is no API with a key that is no point', async () => {
    const { service } = await createTestWorld();
    const audience = 'https://other.example.com';
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const write = (key: object) => {
      const encryptionKey = { kty: 'EC', crv: 'P-256', ...key };
      const json = JSON.stringify({ audience, label: 'Other', encryptionKey });
      return registerDocument(service, 'ann', iss, { kind: 'api', id: audience, json }, 0);
    };
    await assert.rejects(write({ x, y: x }), withCode('tokens.key_invalid'));
    assert.equal(await write({ x, y }), 1);
  });

  it('is read anew by this process at once', async () => {
    const { service } = await createTestWorld();
    const audience = 'https://other.example.com';
    assert.equal(await service.registry.api(iss, audience), undefined);
    const json = JSON.stringify({ audience, label: 'Other' });
    await registerDocument(service, 'ann', iss, { kind: 'api', id: audience, json }, 0);
    assert.equal((await service.registry.api(iss, audience))?.label, 'Other');
  });
});
