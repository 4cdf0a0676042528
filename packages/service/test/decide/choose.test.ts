import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Order } from '@assay/core';
import { toBase64url } from '@assay/formats';
import { policyNameOf } from '../../src/decide/choose.ts';
import { APP, createTestWorld, ISSUER, START } from '../support/world.ts';

const LINEAGE = toBase64url(new Uint8Array(16));

function order(id: string, effect: Order['effect'], policy: string | null): Order {
  return {
    ...{ iss: ISSUER.iss, id, effect, target: 'lineage', value: LINEAGE, app: null, policy, reason: 'a test' },
    ...{ author: 'ann', createdAt: START, expiresAt: null, endedAt: null },
  };
}

async function sceneOf(change: object) {
  const { service } = await createTestWorld(change);
  const app = await service.registry.app(ISSUER.iss, APP.package);
  assert.ok(app !== undefined);
  return { app, keys: await service.keys.of(ISSUER.iss), at: START };
}

describe('the policy that judges an instance', () => {
  it('is the app’s, unless a cohort or an order names another', async () => {
    const scene = await sceneOf({ policy: 'house', cohorts: [{ name: 'early', policy: 'next', percent: 100 }] });
    assert.equal(policyNameOf({ ...scene, app: { ...scene.app, cohorts: [] } }, LINEAGE, []), 'house');
    assert.equal(policyNameOf(scene, LINEAGE, [order('1', 'pass', null)]), 'next');
    assert.equal(policyNameOf(scene, LINEAGE, [order('1', 'policy', 'own')]), 'own');
  });

  it('is that of the newest order, where there are several', async () => {
    const scene = await sceneOf({});
    assert.equal(policyNameOf(scene, LINEAGE, [order('1', 'policy', 'lax'), order('2', 'policy', 'hard')]), 'hard');
  });
});
