import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ABSENT, claimed, noFacts, proven } from '@assay/core';
import { provenAmong, raisedThreats } from '../src/raised.ts';

describe('raised threats', () => {
  it('are those that proof or a hint raises, in one order', () => {
    const threats = {
      vpn: claimed(true, 'freerasp'),
      root: proven(true, 'android-key'),
      hooks: claimed(false, 'freerasp'),
      adb: ABSENT,
    };
    assert.deepEqual(raisedThreats({ ...noFacts(), threats }), ['root', 'vpn']);
    assert.deepEqual(raisedThreats(noFacts()), []);
  });

  it('are told apart by who raised them: a claim is never among the proven ones', () => {
    const facts = { ...noFacts(), threats: { root: proven(true, 'android-key'), vpn: claimed(true, 'freerasp') } };
    assert.deepEqual(provenAmong(raisedThreats(facts), facts), ['root']);
    assert.deepEqual(provenAmong(['hooks'], noFacts()), []);
  });

  it('are no others than those there are', () => {
    const odd = {
      ...noFacts(),
      threats: { toString: proven(true, 'x'), nope: proven(true, 'x'), root: { known: 'proven', value: 1, by: 'x' } },
    };
    assert.deepEqual(raisedThreats(odd as never), []);
  });
});
