import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Signal } from '@assay/core';
import { type Quarantine, type SignalContext, threatsOf } from '../../src/signals/index.ts';

const AT = Date.UTC(2026, 10, 21);
const HOOKS: Signal = { provider: 'freerasp', version: '5.2.1', name: 'hooks', value: true };
const ALL: Quarantine = { provider: 'freerasp', signal: 'hooks', reason: 'fires on every phone' };
const IOS: SignalContext = { platform: 'ios', osBuild: '23G71', osVersion: '26.6', at: AT };

function isBelieved(quarantine: Partial<Quarantine>, context: Partial<SignalContext> = {}, signal = HOOKS): boolean {
  const { threats, weight, quarantined, unknown } = threatsOf([signal], {
    ...IOS,
    ...context,
    quarantine: [{ ...ALL, ...quarantine }],
  });
  assert.equal(unknown, 0);
  assert.equal(quarantined.length === 0, weight > 0);
  if (quarantined.length > 0) assert.deepEqual([threats, quarantined], [{}, [signal]]);
  return weight > 0;
}

describe('quarantine', () => {
  it('puts a signal aside, and only that one', () => {
    assert.equal(isBelieved({}), false);
    assert.equal(isBelieved({ signal: '*' }), false);
    assert.equal(isBelieved({ signal: 'debug' }), true);
    assert.equal(isBelieved({ provider: 'jail-monkey' }), true);
    assert.equal(isBelieved({ provider: 'capacitor-freerasp' }), true);
  });

  it('is over at its end', () => {
    assert.equal(isBelieved({ until: AT + 1 }), false);
    assert.equal(isBelieved({ until: AT }), true);
    assert.equal(isBelieved({ until: AT - 1 }), true);
  });

  it('holds for the versions of the provider that it names', () => {
    assert.equal(isBelieved({ versions: ['5.2.1'] }), false);
    assert.equal(isBelieved({ versions: ['5.1.0', '5.2.*'] }), false);
    assert.equal(isBelieved({ versions: ['5.2'] }), true);
    assert.equal(isBelieved({ versions: [] }), true);
    assert.equal(isBelieved({ versions: ['*'] }), true);
  });

  it('holds for the systems that it names, by build or version', () => {
    assert.equal(isBelieved({ osBuilds: ['23G71'] }), false);
    assert.equal(isBelieved({ osBuilds: ['26.6'] }), false);
    assert.equal(isBelieved({ osBuilds: ['26.*'] }), false);
    assert.equal(isBelieved({ osBuilds: ['26.7'] }), true);
  });

  it('needs version and system both where it names both', () => {
    assert.equal(isBelieved({ versions: ['5.2.1'], osBuilds: ['26.6'] }), false);
    assert.equal(isBelieved({ versions: ['5.2.0'], osBuilds: ['26.6'] }), true);
    assert.equal(isBelieved({ versions: ['5.2.1'], osBuilds: ['26.5'] }), true);
  });

  it('does not cover a system that nobody knows', () => {
    const unknown = { osBuild: undefined, osVersion: undefined };
    assert.equal(isBelieved({ osBuilds: ['26.6'] }, unknown), true);
    assert.equal(isBelieved({}, unknown), false);
  });

  it('also puts aside what a provider says is not raised', () => {
    const { threats, quarantined } = threatsOf([{ ...HOOKS, value: false }], { ...IOS, quarantine: [ALL] });
    assert.deepEqual([threats, quarantined.length], [{}, 1]);
  });
});
