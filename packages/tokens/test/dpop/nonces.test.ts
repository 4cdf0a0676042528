import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNonces } from '../../src/dpop/nonces.ts';
import { API, challengeFor, challengeKeys, ISS, NOW, random, withCode } from '../kit.ts';

const options = { audience: API, keys: challengeKeys, clock: () => NOW, random };

describe('nonces', () => {
  it('verify where they were given, and tell their end', () => {
    const nonces = createNonces(options);
    assert.equal(nonces.verify(nonces.issue()), NOW + 300_000);
  });

  it('are refused at another API, after their time, and when they are something else', () => {
    const nonces = createNonces(options);
    const wrong = [
      createNonces({ ...options, audience: ISS }).issue(),
      createNonces({ ...options, clock: () => NOW - 301_000 }).issue(),
      challengeFor({}),
      '',
      'A'.repeat(52),
    ];
    for (const nonce of wrong) assert.throws(() => nonces.verify(nonce), withCode('tokens.proof_nonce_invalid'));
  });

  it('hold the keys they were given to', () => {
    const nonces = createNonces({ ...options, capacity: 2 });
    assert.equal(nonces.wasGiven('a'), false);
    nonces.issue('a');
    nonces.issue();
    assert.equal(nonces.wasGiven('a'), true);
    assert.equal(nonces.wasGiven('b'), false);
    nonces.issue('c');
    assert.equal(nonces.wasGiven('b'), true, 'every key, when there are too many to tell');
  });

  it('hold a key as long as its last nonce lives, and then let go of it', () => {
    let now = NOW;
    const nonces = createNonces({ ...options, clock: () => now, capacity: 2 });
    for (const key of ['a', 'b', 'c']) nonces.issue(key);
    now = NOW + 299_000;
    nonces.issue('a');
    now = NOW + 301_000;
    assert.equal(nonces.wasGiven('a'), true);
    now = NOW + 598_000;
    assert.equal(nonces.wasGiven('a'), true, 'given 299 s ago');
    now = NOW + 650_000;
    assert.equal(nonces.wasGiven('b'), false, 'its nonce ended long ago');
    assert.equal(nonces.wasGiven('stranger'), false, 'there is room again');
    nonces.issue('a');
    now = NOW;
    assert.equal(nonces.wasGiven('a'), true, 'a clock that is set back lets go of nobody');
    now = NOW + 2_000_000;
    assert.equal(nonces.wasGiven('a'), false);
  });

  it('are bound to an audience', () => {
    assert.throws(() => createNonces({ ...options, audience: '' }), withCode('tokens.config_invalid'));
  });
});
