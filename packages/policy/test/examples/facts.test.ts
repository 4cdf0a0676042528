import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ABSENT, claimed, type Facts, isPassing, noFacts, proven } from '@assay/core';
import {
  EXAMPLE_DEVICES,
  type Example,
  evaluatePolicy,
  exampleFacts,
  FACT_PATHS,
  FACTS,
  STRICT_POLICY,
} from '@assay/policy';
import { withFact } from '../../src/examples/facts.ts';
import { policyOf } from '../support.ts';

function factsOf(rest: object, device = 'android-tee'): Facts {
  const examples = [{ name: 'it', device, expect: { tier: 'none' }, ...rest }];
  const [example] = policyOf([{ require: 'device.locked' }], { examples }).examples;
  return exampleFacts(example as Example);
}

describe('the facts of an example', () => {
  it('are those of its device, with its own in their places', () => {
    const facts = factsOf({ with: { 'device.sdk': 30, 'app.id': null }, claimed: { 'app.version': '9' } });
    assert.deepEqual(facts.device.sdk, proven(30, 'example'));
    assert.deepEqual(facts.app.id, ABSENT);
    assert.deepEqual(facts.app.version, claimed('9', 'example'));
    assert.deepEqual(facts.device.model, EXAMPLE_DEVICES['android-tee']?.device.model);
  });

  it('bring the threats that follow from them, and those that are raised', () => {
    assert.equal(factsOf({}).threats.root?.known, 'proven');
    assert.partialDeepStrictEqual(factsOf({ with: { 'device.locked': false } }).threats.root, {
      known: 'proven',
      value: true,
    });
    const { threats } = factsOf({ raised: ['hooks'], with: { 'threats.vpn': true } });
    assert.partialDeepStrictEqual(threats, {
      hooks: { known: 'claimed', value: true },
      vpn: { known: 'proven', value: true },
    });
  });

  it('let proof outrank what is raised', () => {
    assert.partialDeepStrictEqual(factsOf({ raised: ['emulator'] }).threats.emulator, {
      known: 'proven',
      value: false,
    });
  });

  it('can be of any format', () => {
    assert.deepEqual(factsOf({ with: { evidence: ['x-mine'] } }).evidence, ['x-mine']);
    assert.deepEqual(factsOf({ with: { evidence: null } }).evidence, []);
  });
});

describe('one fact in its place', () => {
  it('is read back, and changes no other', () => {
    for (const path of FACT_PATHS) {
      const changed = withFact(noFacts(), path, proven(path === 'evidence' ? ['x'] : 'x', 'test'));
      for (const each of FACT_PATHS)
        assert.equal(FACTS[each].read(changed).known, each === path ? 'proven' : 'absent', path);
    }
  });
});

describe('example devices', () => {
  it('are let in or refused by the strict policy, as they should be', () => {
    const passing = Object.entries(EXAMPLE_DEVICES)
      .filter(([, facts]) => isPassing(evaluatePolicy(STRICT_POLICY, facts, { at: 0 })))
      .map(([name]) => name);
    assert.deepEqual(passing, [
      'android-tee',
      'android-strongbox',
      'android-rkp',
      'android-play',
      'iphone',
      'iphone-ios27',
    ]);
  });
});
