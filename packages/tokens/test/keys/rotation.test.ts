import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyState } from '@assay/core';
import fc from 'fast-check';
import {
  type KeyLife,
  planRevocation,
  planRotation,
  ROTATION_TIMES,
  type RotationStep,
} from '../../src/keys/rotation.ts';
import { NOW, withCode } from '../kit.ts';

const times = ROTATION_TIMES.token;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const key = (kid: string, state: KeyState, createdAt = NOW, changedAt = createdAt): KeyLife => ({
  kid,
  state,
  createdAt,
  changedAt,
});

/** Rows after the steps. */
function apply(keys: readonly KeyLife[], steps: readonly RotationStep[], now: number): readonly KeyLife[] {
  let made = keys.length;
  return steps.reduce<readonly KeyLife[]>((rows, step) => {
    if (step.step === 'create') return rows.concat(key(`k${made++}`, step.state, now));
    assert.ok(
      rows.some(({ kid, state }) => kid === step.kid && state === step.from),
      'moves start where the key is',
    );
    return rows.map((row) => (row.kid === step.kid ? { ...row, state: step.to, changedAt: now } : row));
  }, keys);
}

const statesOf = (keys: readonly KeyLife[]) => keys.map(({ state }) => state);

describe('planRotation', () => {
  it('begins with a key that signs and one that is published', () => {
    assert.deepEqual(statesOf(apply([], planRotation([], times, NOW), NOW)), ['active', 'next']);
  });

  it('leaves a ring alone that is in order', () => {
    assert.deepEqual(planRotation([key('a', 'active'), key('b', 'next')], times, NOW + DAY), []);
  });

  it('changes keys when the active one is due, and not before its successor was published for a day', () => {
    const ring = [key('a', 'active'), key('b', 'next')];
    const due = NOW + times.active;
    assert.deepEqual(statesOf(apply(ring, planRotation(ring, times, due), due)), ['retiring', 'active', 'next']);
    const late = [key('a', 'active'), key('b', 'next', due - DAY + 1)];
    assert.deepEqual(planRotation(late, times, due), []);
    assert.notDeepEqual(planRotation(late, times, due + 1), []);
  });

  it('lets a retiring key go after two hours', () => {
    const ring = [key('a', 'active'), key('b', 'next'), key('c', 'retiring')];
    assert.deepEqual(planRotation(ring, times, NOW + 2 * HOUR - 1), []);
    assert.deepEqual(planRotation(ring, times, NOW + 2 * HOUR), [
      { step: 'move', kid: 'c', from: 'retiring', to: 'gone' },
    ]);
  });

  it('keeps one of two active keys, the same one on every replica', () => {
    const ring = [key('a', 'active'), key('b', 'active'), key('c', 'next')];
    const expected = [{ step: 'move', kid: 'b', from: 'active', to: 'retiring' }];
    assert.deepEqual(planRotation(ring, times, NOW), expected);
    assert.deepEqual(planRotation(ring.toReversed(), times, NOW), expected);
  });

  it('always leads to one active key and a successor, whatever it begins with', () => {
    const state = fc.constantFrom<KeyState>('next', 'active', 'retiring', 'gone');
    const ring = fc.array(fc.tuple(state, fc.nat(100)), { maxLength: 6 });
    const property = fc.property(ring, fc.nat(60), (rows, days) => {
      const now = NOW + days * DAY;
      const begin = rows.map(([each, age], at) => key(`r${at}`, each, NOW - age * DAY));
      const end = statesOf(apply(begin, planRotation(begin, times, now), now));
      assert.equal(end.filter((each) => each === 'active').length, 1);
      assert.ok(end.includes('next'));
    });
    fc.assert(property, { seed: 3, numRuns: 1000 });
  });
});

describe('planRevocation', () => {
  it('puts the successor in the place of a revoked active key at once', () => {
    const ring = [key('a', 'active'), key('b', 'next')];
    assert.deepEqual(statesOf(apply(ring, planRevocation(ring, 'a'), NOW)), ['gone', 'active', 'next']);
    const alone = [key('a', 'active')];
    assert.deepEqual(statesOf(apply(alone, planRevocation(alone, 'a'), NOW)), ['gone', 'active', 'next']);
  });

  it('promotes the successor before the revoked key goes', () => {
    const ring = [key('a', 'active'), key('b', 'next')];
    for (const begin of [ring, ring.slice(0, 1)]) {
      const steps = planRevocation(begin, 'a');
      for (let taken = 0; taken <= steps.length; taken++) {
        assert.ok(statesOf(apply(begin, steps.slice(0, taken), NOW)).includes('active'), `after ${taken} steps`);
      }
    }
  });

  it('replaces a revoked successor, and only drops a retiring key', () => {
    const ring = [key('a', 'active'), key('b', 'next'), key('c', 'retiring')];
    assert.deepEqual(statesOf(apply(ring, planRevocation(ring, 'b'), NOW)), ['active', 'gone', 'retiring', 'next']);
    assert.deepEqual(statesOf(apply(ring, planRevocation(ring, 'c'), NOW)), ['active', 'next', 'gone']);
  });

  it('refuses a key that is not there or gone', () => {
    for (const kid of ['x', 'a']) {
      assert.throws(() => planRevocation([key('a', 'gone')], kid), withCode('tokens.key_ring_invalid'));
    }
  });
});
