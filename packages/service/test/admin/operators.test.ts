import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { admitOperator, authenticate, dismissOperator, verifyAudit } from '@assay/service';
import { createTestWorld, ISSUER, OTHER } from '../support/world.ts';

const chains = [ISSUER.iss, OTHER.iss];

describe('operators', () => {
  it('are admitted and dismissed in every chain, without their token', async () => {
    const { service, store, hands } = await createTestWorld();
    const wish = { id: 'ci', scopes: ['read', 'pins'], expiresAt: null } as const;
    const made = await admitOperator(service, 'ann', wish);
    assert.ok(made !== 'exists');
    assert.equal(await admitOperator(service, 'ann', wish), 'exists');
    assert.equal((await authenticate(store, hands.now, made.token))?.id, 'ci');
    assert.equal(await dismissOperator(service, 'ann', 'ci'), true);
    assert.equal(await dismissOperator(service, 'ann', 'ci'), false);
    for (const iss of chains) {
      const rows = await store.audit(iss, 0, 10);
      assert.deepEqual(
        rows.map(({ act, subject }) => [act, subject]),
        [
          ['credential.create', 'ci'],
          ['credential.revoke', 'ci'],
        ],
      );
      assert.deepEqual(await verifyAudit(store, iss), { rows: 2 });
      assert.ok(!JSON.stringify(rows).includes(made.token.slice(12)));
    }
  });
});
