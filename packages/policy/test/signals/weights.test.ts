import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimed, proven } from '@assay/core';
import { signalWeight, weightOf } from '../../src/signals/weights.ts';

describe('weightOf', () => {
  it('sums raised hints, and no proof', () => {
    const hooks = claimed(true, 'freerasp');
    assert.equal(weightOf({}), 0);
    assert.equal(weightOf({ hooks, root: claimed(true, 'jail-monkey') }), 85);
    assert.equal(weightOf({ hooks, root: proven(true, 'android-key') }), 60);
    assert.equal(weightOf({ hooks, root: claimed(false, 'freerasp') }), 60);
    assert.equal(weightOf({ vpn: claimed(true, 'freerasp') }), 0);
  });
});

describe('signalWeight', () => {
  it('is that of the provider', () => {
    assert.deepEqual([signalWeight('freerasp', 'root'), signalWeight('jail-monkey', 'root')], [40, 25]);
  });

  it('is the heaviest one for a provider that the table does not know', () => {
    for (const provider of ['somebody', '', '__proto__']) assert.equal(signalWeight(provider, 'root'), 40);
    assert.equal(signalWeight('android-key', 'remote_control'), 0);
  });
});
