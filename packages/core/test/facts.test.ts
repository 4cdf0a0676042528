import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ABSENT, claimed, knownValue, noFacts, proven, provenValue } from '@assay/core';

it('never takes a claim or silence for proof', () => {
  assert.equal(provenValue(proven('x', 'here')), 'x');
  assert.equal(provenValue(claimed('x', 'the app')), undefined);
  assert.equal(provenValue(ABSENT), undefined);
  assert.equal(knownValue(claimed('x', 'the app')), 'x');
  assert.equal(knownValue(ABSENT), undefined);
});

it('makes an undefined value absent', () => {
  assert.deepEqual(proven(undefined, 'here'), ABSENT);
  assert.deepEqual(claimed(undefined, 'the app'), ABSENT);
  assert.deepEqual(proven(false, 'here'), { known: 'proven', value: false, by: 'here' });
});

it('starts from nothing known', () => {
  const { app, key, device, chain, platform } = noFacts();
  const facts = [platform, ...[app, key, device, chain].flatMap((group) => Object.values(group))];
  assert.ok(facts.length > 20);
  assert.ok(facts.every((fact) => fact.known === 'absent'));
});
