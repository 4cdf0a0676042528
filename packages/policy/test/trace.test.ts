import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Facts } from '@assay/core';
import { evaluatePolicy } from '@assay/policy';
import { androidFacts, iosFacts, policyOf, withFact } from './support.ts';

const traced = (rule: Parameters<typeof policyOf>[0][number], facts: Facts) =>
  evaluatePolicy(policyOf([{ require: 'has(app.id)' }, rule]), facts, { at: 0 }).trace[1];

describe('the trace', () => {
  it('says what a rule expected, what it found and how that is known', () => {
    const facts = withFact(androidFacts(), 'device.locked', false);
    assert.deepEqual(traced({ require: 'device.locked', code: 'policy.bootloader_unlocked' }, facts), {
      rule: 'r1',
      outcome: 'failed',
      code: 'policy.bootloader_unlocked',
      expected: 'device.locked',
      found: 'device.locked = false (proven)',
      known: 'proven',
    });
  });

  it('names every fact, with claims and absence as what they are', () => {
    const facts = withFact(withFact(androidFacts(), 'device.locked', undefined), 'key.attestedLevel', 'tee', 'claimed');
    const require = 'device.locked\n  || key.attestedLevel == key.attesterLevel || "x" in evidence';
    const trace = traced({ require }, facts);
    assert.equal(trace?.expected, 'device.locked || key.attestedLevel == key.attesterLevel || "x" in evidence');
    assert.equal(
      trace?.found,
      'device.locked absent, key.attestedLevel = tee (claimed), key.attesterLevel = tee (proven), evidence = [android-key] (proven)',
    );
    assert.equal(trace?.known, 'mixed');
  });

  it('shows the condition of a rule that did not apply', () => {
    const trace = traced({ when: 'platform == "android"', require: 'device.locked' }, iosFacts());
    assert.deepEqual(trace, {
      rule: 'r1',
      outcome: 'not_applicable',
      expected: 'platform == "android"',
      found: 'platform = ios (proven)',
      known: 'proven',
    });
  });

  it('shows what is no fact, and takes it for no proof', () => {
    const trace = traced({ require: 'weight < 5 && size(raised) == 0 && now == 0' }, androidFacts());
    assert.deepEqual([trace?.found, trace?.known], ['weight 0, raised [], now 0', 'claimed']);
  });

  it('says how a fact is known when it is the only one', () => {
    const known = (facts: Facts) => traced({ require: 'device.locked', known: 'claimed' }, facts)?.known;
    assert.equal(known(androidFacts()), 'proven');
    assert.equal(known(withFact(androidFacts(), 'device.locked', true, 'claimed')), 'claimed');
    assert.equal(known(withFact(androidFacts(), 'device.locked', undefined)), 'absent');
  });
});
