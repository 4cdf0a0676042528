import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noFacts, proven } from '@assay/core';
import type { EvidenceFormat } from '@assay/evidence';
import { type Maker, prepareWith, softwareKey } from '../../support/pieces.ts';
import { APP, createTestWorld, registerPolicy, send } from '../../support/world.ts';

const OPEN = `assay: policy/1
name: open
description: A test.
rules:
  - { id: any, require: size(evidence) > 0, otherwise: { tier: none, code: policy.platform_unproven }, why: A test. }
assurance: [{ level: low, when: size(evidence) > 0 }]
`;

/** Takes whatever it is given. */
const badge: EvidenceFormat = {
  ...{ role: 'x-badge', title: 'Badge', reasons: {}, checks: [], anchors: [], vectors: [] },
  verify: (_, { apps }) => ({
    ...{ outcome: 'verified', checks: [], proven: { subject: 'badge' } },
    facts: { ...noFacts(), evidence: ['x-badge'], app: { ...noFacts().app, id: proven(apps[0], 'x-badge') } },
  }),
};

async function openWorld(format: EvidenceFormat) {
  const world = await createTestWorld({ policy: 'open', custom: [{ role: 'x-badge', apps: [APP.package] }] });
  await registerPolicy(world, 'open', OPEN);
  Object.assign(world.service, { formats: new Map([['x-badge', format]]) });
  return async (token: string, key = softwareKey(), purpose: 'enrol' | 'refresh' = 'enrol') => {
    const piece: Maker = { role: 'x-badge', make: () => token };
    return (await send(world, await prepareWith(world, { purpose, key, pieces: [piece] }))).status;
  };
}

describe('evidence of a format that commits to nothing', () => {
  it('enrols one key, and no second one', async () => {
    const ask = await openWorld({ ...badge, commitsToNothingBecause: 'the reader knows no statement' });
    const key = softwareKey();
    assert.equal(await ask('token-1', key), 200);
    assert.equal(await ask('token-1'), 403);
    assert.equal(await ask('token-2'), 200);
    assert.equal(await ask('token-1', key, 'refresh'), 200);
  });
});

describe('evidence of a format that commits to the statement', () => {
  it('is made for one key by what it commits to', async () => {
    const ask = await openWorld(badge);
    assert.deepEqual([await ask('token-1'), await ask('token-1')], [200, 200]);
  });
});
