import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimed, type Facts, noFacts, proven } from '@assay/core';
import { assertRegistrable } from '../../src/attest/registration.ts';
import { withCode } from '../support/world.ts';

const by = 'android-key';
type Key = Partial<Facts['key']>;
const good = {
  algorithm: proven('ec-p256', by),
  origin: proven('generated', by),
  purposes: proven([2], by),
} satisfies Key;
const factsOf = (key: Key, environment?: 'development' | 'production'): Facts => {
  const facts = noFacts();
  const app = environment === undefined ? facts.app : { ...facts.app, environment: proven(environment, by) };
  return { ...facts, app, key: { ...facts.key, ...key } };
};

describe('a key that an instance may live by', () => {
  it('is P-256, generated, and signs only', () => {
    assertRegistrable(factsOf(good), 'production');
    const apple = { ...factsOf({ algorithm: good.algorithm }), evidence: ['apple-app-attest'] };
    assertRegistrable(apple, 'production');
  });

  const refused: readonly (readonly [string, Key])[] = [
    ['of no known algorithm', { ...good, algorithm: noFacts().key.algorithm }],
    ['of an algorithm that software claims', { ...good, algorithm: claimed('ec-p256', by) }],
    ['of no known origin', { algorithm: good.algorithm, purposes: good.purposes }],
    ['of an origin that software claims', { ...good, origin: claimed('generated', by) }],
    ['of no known purposes', { algorithm: good.algorithm, origin: good.origin }],
    ['of purposes that software claims', { ...good, purposes: claimed([2], by) }],
    ['of RSA', { ...good, algorithm: proven('rsa', by) }],
    ['imported', { ...good, origin: proven('imported', by) }],
    ['able to attest', { ...good, purposes: proven([2, 7], by) }],
    ['unable to sign', { ...good, purposes: proven([3], by) }],
    ['of no purpose', { ...good, purposes: proven([], by) }],
  ];
  for (const [name, key] of refused) {
    it(`is not one ${name}`, () => {
      assert.throws(() => assertRegistrable(factsOf(key), 'development'), withCode('service.key_unfit'));
    });
  }

  it('of the development environment is none in production', () => {
    const development = factsOf(good, 'development');
    assert.throws(() => assertRegistrable(development, 'production'), withCode('service.environment_mismatch'));
    assertRegistrable(development, 'staging');
    assertRegistrable(factsOf(good, 'production'), 'production');
  });
});
