import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { THREAT_NAMES } from '@assay/core';
import { SIGNAL_PROVIDERS, SIGNALS } from '../../src/signals/index.ts';
import { signalRow } from '../../src/signals/table.ts';

const namesOn = (platform: 'android' | 'ios'): string[] =>
  SIGNALS.filter(({ provider, platforms }) => provider === 'freerasp' && platforms.includes(platform)).map(
    ({ name }) => name,
  );

describe('the table of signals', () => {
  it('has the 21 Android and the 14 iOS callbacks of freeRASP', () => {
    assert.equal(namesOn('android').length, 21);
    assert.equal(namesOn('ios').length, 14);
    assert.deepEqual(
      namesOn('ios').filter((name) => !namesOn('android').includes(name)),
      ['deviceID'],
    );
  });

  it('names each signal of a provider once', () => {
    const keys = SIGNALS.map(({ provider, name }) => `${provider}/${name}`);
    assert.equal(new Set(keys).size, keys.length);
  });

  it('fills every cell, and keeps weights between 0 and 100', () => {
    for (const { name, platforms, since, weight, sees, fooledBy } of SIGNALS) {
      assert.ok(platforms.length > 0 && since !== '' && sees.endsWith('.') && fooledBy.endsWith('.'), name);
      assert.ok(Number.isInteger(weight) && weight >= 0 && weight <= 100, name);
    }
  });

  it('gives no single hint the weight that would refuse by itself', () => {
    for (const { name, weight } of SIGNALS) assert.ok(weight <= 60, name);
  });

  it('weighs a threat alike, whichever signal of one provider raises it', () => {
    const weights = new Map<string, number>();
    for (const { provider, threat, weight } of SIGNALS) {
      const key = `${provider} ${threat}`;
      assert.equal(weights.get(key) ?? weight, weight, key);
      weights.set(key, weight);
    }
  });

  it('has a provider for every row, and no spelling twice', () => {
    const spellings = SIGNAL_PROVIDERS.flatMap(({ names }) => names);
    assert.equal(new Set(spellings).size, spellings.length);
    for (const { provider } of SIGNALS) assert.ok(spellings.includes(provider), provider);
    for (const { names } of SIGNAL_PROVIDERS)
      assert.ok(
        SIGNALS.some(({ provider }) => provider === names[0]),
        names[0],
      );
  });

  it('maps to names of threats only', () => {
    for (const { threat } of SIGNALS) assert.ok(THREAT_NAMES.includes(threat), threat);
  });

  it('knows a row by every spelling of its provider, and nothing inherited', () => {
    assert.equal(signalRow('freerasp', 'hooks')?.threat, 'hooks');
    assert.equal(signalRow('capacitor-freerasp', 'hooks')?.provider, 'freerasp');
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'HOOKS', ' hooks', 'ho\u200boks']) {
      assert.equal(signalRow('freerasp', name), undefined);
      assert.equal(signalRow(name, 'hooks'), undefined);
    }
  });
});
