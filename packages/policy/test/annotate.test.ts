import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Facts } from '@assay/core';
import { evaluatePolicy } from '@assay/policy';
import { androidFacts, iosFacts, policyOf, withFact } from './support.ts';

const annotated = (annotation: object, facts: Facts) =>
  evaluatePolicy(policyOf([{ require: 'has(app.id)' }], { annotations: [{ name: 'x', ...annotation }] }), facts, {
    at: 0,
  }).annotations;

describe('annotations', () => {
  it('carry texts, numbers and bools', () => {
    assert.deepEqual(annotated({ value: 'app.category' }, iosFacts()), { x: 'app_store' });
    assert.deepEqual(annotated({ value: 'device.sdk + 1' }, withFact(androidFacts(), 'device.sdk', 35)), { x: 36 });
    assert.deepEqual(annotated({ value: 'device.locked && true' }, androidFacts()), { x: true });
    assert.deepEqual(annotated({ value: 'platform == "ios" ? "apple" : "other"' }, androidFacts()), { x: 'other' });
  });

  it('leave out what is not known, by what they may see', () => {
    const facts = withFact(androidFacts(), 'app.version', '4.2', 'claimed');
    assert.deepEqual(annotated({ value: 'app.version' }, facts), {});
    assert.deepEqual(annotated({ value: 'app.version', known: 'claimed' }, facts), { x: '4.2' });
    assert.deepEqual(annotated({ value: 'device.locked ? app.version : "x"' }, facts), {});
    assert.deepEqual(annotated({ value: 'app.category', when: 'has(app.category)' }, androidFacts()), {});
  });

  it('stand under a condition, and unknown is no yes', () => {
    assert.deepEqual(annotated({ value: '"a"', when: 'device.locked' }, androidFacts()), { x: 'a' });
    assert.deepEqual(annotated({ value: '"a"', when: '!device.locked' }, androidFacts()), {});
    assert.deepEqual(annotated({ value: '"a"', when: 'device.sdk > 3' }, androidFacts()), {});
  });

  it('put nothing into a token that is endless or not exact', () => {
    assert.deepEqual(annotated({ value: 'app.id' }, withFact(androidFacts(), 'app.id', 'x'.repeat(257))), {});
    assert.deepEqual(annotated({ value: 'now + 9007199254740991' }, androidFacts()), { x: 9007199254740991 });
    assert.deepEqual(annotated({ value: 'now + 9007199254740992' }, androidFacts()), {});
  });

  it('are no member of a verdict whose policy has none', () => {
    assert.equal(
      'annotations' in evaluatePolicy(policyOf([{ require: 'has(app.id)' }]), androidFacts(), { at: 0 }),
      false,
    );
  });

  it('that cannot be evaluated are a fault of the policy', () => {
    const policy = policyOf([{ require: 'has(app.id)' }], { annotations: [{ name: 'x', value: 'now + 1' }] });
    assert.throws(() => evaluatePolicy(policy, androidFacts(), { at: 1e25 }), { code: 'policy.evaluation_failed' });
  });
});
