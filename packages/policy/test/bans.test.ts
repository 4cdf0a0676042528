import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimed, proven } from '@assay/core';
import { automaticBans } from '@assay/policy';
import { androidFacts, policyOf, withFact } from './support.ts';

const ban = (id: string, when: string, rest = {}) => ({
  id,
  when,
  target: 'lineage',
  for: '7d',
  reason: 'test',
  ...rest,
});
const policy = policyOf([{ require: 'device.locked' }], {
  bans: [
    ban('opened', '!device.locked'),
    ban('hooked', '"hooks" in raised', { for: '1h' }),
    ban('claims', 'app.version == "6.6.6"', { known: 'claimed', target: 'model' }),
    ban('proven', 'app.version == "6.6.6"'),
  ],
});
const bans = (facts: ReturnType<typeof androidFacts>): string[] =>
  automaticBans(policy, facts, 0).map(({ rule }) => rule);

describe('automatic bans', () => {
  it('are ordered when their condition holds, and never for what is unknown', () => {
    assert.deepEqual(bans(androidFacts()), []);
    assert.deepEqual(bans(withFact(androidFacts(), 'device.locked', undefined)), []);
    assert.deepEqual(bans(withFact(androidFacts(), 'device.locked', false, 'claimed')), []);
    assert.deepEqual(bans(withFact(androidFacts(), 'device.locked', false)), ['opened']);
  });

  it('follow claims where they say so', () => {
    assert.deepEqual(bans(withFact(androidFacts(), 'app.version', '6.6.6', 'claimed')), ['claims']);
    assert.deepEqual(bans(withFact(androidFacts(), 'app.version', '6.6.6')), ['claims', 'proven']);
  });

  it('say whom they name, for how long and why', () => {
    const facts = { ...androidFacts(), threats: { hooks: proven(true, 'play-integrity') } };
    assert.deepEqual(automaticBans(policy, facts, 0), [
      { rule: 'hooked', target: 'lineage', durationMs: 3_600_000, reason: 'test' },
    ]);
    assert.deepEqual(bans({ ...androidFacts(), threats: { hooks: claimed(false, 'freerasp') } }), []);
  });

  it('are none where the policy has none', () => {
    assert.deepEqual(automaticBans(policyOf([{ require: 'device.locked' }]), androidFacts(), 0), []);
  });
});
