import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimed } from '@assay/core';
import { question, sightsOf } from '../src/sights.ts';
import { androidFacts, policyOf } from './support.ts';

describe('sights', () => {
  it('are one view for a policy that looks at proof alone', () => {
    const sights = sightsOf(policyOf([{ require: 'device.locked' }]), androidFacts(), 0);
    assert.equal(sights.claimed, sights.proven);
    const both = sightsOf(
      policyOf([{ require: 'device.locked' }, { require: 'device.locked', known: 'claimed' }]),
      androidFacts(),
      0,
    );
    assert.notEqual(both.claimed, both.proven);
  });

  it('weigh hints only for who asks', () => {
    const facts = { ...androidFacts(), threats: { hooks: claimed(true, 'freerasp') } };
    const weightFor = (require: string) =>
      sightsOf(policyOf([{ require: 'device.locked' }, { require }]), facts, 0).proven.values['weight'];
    assert.equal(weightFor('device.locked'), 0n);
    assert.notEqual(weightFor('weight < 3'), 0n);
  });

  it('have a time', () => {
    const policy = policyOf([{ require: 'device.locked' }]);
    for (const at of [Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => sightsOf(policy, androidFacts(), at), { code: 'policy.evaluation_failed' });
    }
  });

  it('turn a fault into an error of configuration that names the part', () => {
    const policy = policyOf([{ require: 'device.locked' }]);
    const { proven } = sightsOf(policy, androidFacts(), 0);
    const run = () => {
      throw new RangeError('x');
    };
    assert.throws(
      () =>
        question({ ...proven, results: new Uint8Array(9) }, { kind: 'leaf', slot: 0, text: 'part', needs: [], run }),
      { code: 'policy.evaluation_failed', detail: { found: 'part' } },
    );
  });
});
