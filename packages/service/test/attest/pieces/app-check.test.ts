import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Purpose } from '@assay/core';
import { createVirtualAppCheck } from '@assay/virtual-devices';
import { type Maker, prepareWith, softwareKey } from '../../support/pieces.ts';
import { createTestWorld, ISSUER, random, registerPolicy, send } from '../../support/world.ts';

const PROJECT = '123456789012';
const FIREBASE_APP = `1:${PROJECT}:android:0123456789abcdef`;
const OPEN = `assay: policy/1
name: open
description: A test.
rules:
  - { id: any, require: size(evidence) > 0, otherwise: { tier: none, code: policy.platform_unproven }, why: A test. }
assurance: [{ level: low, when: size(evidence) > 0 }]
`;
const MINUTE = 60_000;

/** A world with one token of App Check, which somebody has got hold of. */
async function openWorld() {
  const world = await createTestWorld({ policy: 'open', appCheck: { project: PROJECT, appIds: [FIREBASE_APP] } });
  await registerPolicy(world, 'open', OPEN);
  const { service, hands, store } = world;
  const appCheck = createVirtualAppCheck({ project: PROJECT, appId: FIREBASE_APP, random, clock: () => hands.now });
  Object.assign(service, { vendors: { ...service.vendors, appCheckKeys: async () => appCheck.keys } });
  const token = appCheck.token();
  const held: Maker = { role: 'app-check', make: () => token };
  const ask = async (purpose: Purpose, key = softwareKey()) => {
    const prepared = await prepareWith(world, { purpose, key, pieces: [held] });
    const { status } = await send(world, prepared);
    return { status, freshAt: (await store.instance(ISSUER.iss, prepared.instance.jkt))?.fat };
  };
  return { hands, ask };
}

describe('a token of App Check', () => {
  it('enrols one key, and no second one', async () => {
    const { ask } = await openWorld();
    assert.equal((await ask('enrol')).status, 200);
    assert.equal((await ask('enrol')).status, 403);
  });

  it('is as fresh as it is, however often it is handed in', async () => {
    const { hands, ask } = await openWorld();
    const madeAt = hands.now;
    const key = softwareKey();
    hands.now += MINUTE;
    assert.deepEqual(await ask('enrol', key), { status: 200, freshAt: madeAt });
    for (const purpose of ['refresh', 'step_up'] as const) {
      hands.now += MINUTE;
      assert.deepEqual(await ask(purpose, key), { status: 200, freshAt: madeAt });
    }
  });
});
