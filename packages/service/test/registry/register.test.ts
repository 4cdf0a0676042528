import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { registerDocument } from '@assay/service';
import { createTestWorld, ISSUER, withCode } from '../support/world.ts';

const { iss } = ISSUER;

describe('a registered document', () => {
  it('changes from the version that it was read at, or from whatever is there', async () => {
    const { service, store } = await createTestWorld();
    const write = (json: string, expected?: number) =>
      registerDocument(service, 'ann', iss, { kind: 'policy', id: 'house', json }, expected);
    assert.equal(await write('1', 0), 1);
    await assert.rejects(write('2', 0), withCode('service.conflict'));
    assert.equal(await write('2'), 2);
    assert.equal((await store.registered(iss, 'policy', 'house'))?.value, '2');
    const row = await store.lastAudit(iss);
    assert.deepEqual([row?.seq, row?.act, row?.subject, row?.detail], [2, 'policy.register', 'house', '{"version":2}']);
  });

  it('is read anew by this process at once', async () => {
    const { service } = await createTestWorld();
    assert.equal(await service.registry.policy(iss, 'house'), undefined);
    await registerDocument(service, 'ann', iss, { kind: 'policy', id: 'house', json: 'x' }, 0);
    assert.equal(await service.registry.policy(iss, 'house'), 'x');
  });
});
