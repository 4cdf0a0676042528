import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Signal } from '@assay/core';
import fc from 'fast-check';
import { threatsOf } from '../../src/signals/index.ts';

const AT = Date.UTC(2026, 10, 21);
const ANDROID = { platform: 'android', at: AT } as const;
const claimed = (value: boolean, by = 'freerasp') => ({ known: 'claimed', value, by });

function signal(name: string, value = true, provider = 'freerasp', version = '5.2.1'): Signal {
  return { provider, version, name, value };
}

describe('threatsOf', () => {
  it('claims what the providers say, raised or not', () => {
    const { threats, weight, unknown } = threatsOf([signal('hooks'), signal('debug', false)], ANDROID);
    assert.deepEqual(threats, { debugger: claimed(false), hooks: claimed(true) });
    assert.deepEqual([weight, unknown], [60, 0]);
  });

  it('says nothing of what was not said', () => {
    assert.deepEqual(threatsOf([], ANDROID), { threats: {}, weight: 0, quarantined: [], unknown: 0 });
  });

  it('counts a threat once, by its heaviest provider', () => {
    const both = [signal('isJailBroken', true, 'jail-monkey', '3.0.0'), signal('privilegedAccess')];
    const { threats, weight } = threatsOf(both, ANDROID);
    assert.deepEqual([threats, weight], [{ root: claimed(true) }, 40]);
  });

  it('believes the one that raises, not the one that does not', () => {
    const both = [signal('privilegedAccess', false), signal('isJailBroken', true, 'jail-monkey', '3.0.0')];
    const { threats, weight } = threatsOf(both, ANDROID);
    assert.deepEqual([threats, weight], [{ root: claimed(true, 'jail-monkey') }, 25]);
  });

  it('turns signals around that are named after the good state', () => {
    const told = (value: boolean) => signal('isPinOrFingerprintSet', value, 'react-native-device-info', '15.0.2');
    assert.deepEqual(threatsOf([told(true)], ANDROID).threats, {
      no_passcode: claimed(false, 'react-native-device-info'),
    });
    assert.deepEqual(threatsOf([told(false)], ANDROID).threats, {
      no_passcode: claimed(true, 'react-native-device-info'),
    });
  });

  it('ignores and counts what no row knows, and what this platform does not raise', () => {
    const hostile = ['__proto__', 'constructor', 'prototype', 'toString', 'hоoks', '\u202ehooks', '💥', 'HOOKS', ''];
    const { threats, weight, unknown } = threatsOf(
      [...hostile.map((name) => signal(name)), signal('deviceID')],
      ANDROID,
    );
    assert.deepEqual([threats, weight, unknown], [{}, 0, hostile.length + 1]);
    assert.equal(Object.getPrototypeOf(threats), Object.prototype);
    assert.equal(threatsOf([signal('hooks', true, '__proto__')], ANDROID).unknown, 1);
  });

  it('counts signals of every platform while none is known', () => {
    const { threats } = threatsOf([signal('deviceID'), signal('adbEnabled')], { platform: undefined, at: AT });
    assert.deepEqual(Object.keys(threats).toSorted(), ['adb', 'device_changed']);
  });

  it('takes 64 signals of one threat as one', () => {
    const { weight } = threatsOf(
      Array.from({ length: 64 }, () => signal('hooks')),
      ANDROID,
    );
    assert.equal(weight, 60);
  });

  it('depends on no order, and every signal more leaves the weight or raises it', () => {
    const names = ['hooks', 'debug', 'privilegedAccess', 'simulator', 'nothing'];
    const someSignal = fc.record({
      provider: fc.constantFrom('freerasp', 'capacitor-freerasp', 'jail-monkey'),
      version: fc.string(),
      name: fc.constantFrom(...names, 'isJailBroken', 'hookDetected'),
      value: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(someSignal, { maxLength: 64 }), someSignal, (signals, more) => {
        const { threats, weight } = threatsOf(signals, ANDROID);
        assert.deepEqual(threatsOf(signals.toReversed(), ANDROID).threats, threats);
        assert.ok(threatsOf([...signals, more], ANDROID).weight >= weight);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
