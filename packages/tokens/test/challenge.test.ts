import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseBase64url, toBase64url } from '@assay/formats';
import { createChallenge, createChallengeKeys, verifyChallenge } from '../src/challenge.ts';
import type { ChallengeBounds } from '../src/wire/challenge.ts';
import { CHALLENGES, type ChallengePurpose } from '../src/wire/purposes.ts';
import { APP, challengeKeys, ISS, NOW, random, withCode } from './kit.ts';

const jkt = random(32);
const bounds: ChallengeBounds = { iss: ISS, app: APP };
const create = (purpose: ChallengePurpose = 'attest', bound: ChallengeBounds = bounds, at = NOW) =>
  createChallenge(purpose, bound, { keys: challengeKeys, at, random });
const verify = (text: string, bound: ChallengeBounds = bounds, at = NOW, purpose: ChallengePurpose = 'attest') =>
  verifyChallenge(text, purpose, bound, { keys: challengeKeys, at });

describe('challenges', () => {
  it('verify where they were made, and tell their time', () => {
    const verified = verify(create(), bounds, NOW + 5000);
    assert.deepEqual(verified, { issuedAt: NOW, ageMs: 5000, expiresAt: NOW + 300_000 });
  });

  it('end with their age', () => {
    for (const purpose of ['attest', 'refresh', 'facade'] as const) {
      const { maxAgeSeconds, bindsKey } = CHALLENGES[purpose];
      const bound = bindsKey ? { ...bounds, jkt } : bounds;
      const text = create(purpose, bound);
      verify(text, bound, NOW + maxAgeSeconds * 1000, purpose);
      const late = () => verify(text, bound, NOW + maxAgeSeconds * 1000 + 1, purpose);
      assert.throws(late, withCode('tokens.challenge_expired'));
    }
    assert.throws(() => verify(create(), bounds, Number.NaN), withCode('tokens.challenge_expired'));
  });

  it('may be shortened, never prolonged', () => {
    const text = create();
    const within = (maxAgeSeconds: number, at: number) =>
      verifyChallenge(text, 'attest', bounds, { keys: challengeKeys, at, maxAgeSeconds });
    assert.throws(() => within(60, NOW + 61_000), withCode('tokens.challenge_expired'));
    assert.throws(() => within(6000, NOW + 301_000), withCode('tokens.challenge_expired'));
  });

  it('may come from a replica whose clock is 30 s ahead, no more', () => {
    assert.equal(verify(create(), bounds, NOW - 30_000).ageMs, 0);
    assert.throws(() => verify(create(), bounds, NOW - 31_000), withCode('tokens.challenge_from_future'));
  });

  it('hold for one app, environment and tenant only', () => {
    const tenants = ['acme', 'other'];
    const environments = ['prod', 'dev'];
    const apps = [APP, 'com.example.shop'];
    const all = tenants.flatMap((tenant) =>
      environments.flatMap((env) => apps.map((app) => ({ iss: `https://a.example/t/${tenant}/e/${env}`, app }))),
    );
    for (const made of all) {
      const text = create('attest', made);
      for (const asked of all) {
        if (made === asked) verify(text, asked);
        else assert.throws(() => verify(text, asked), withCode('tokens.challenge_invalid'));
      }
    }
  });

  it('hold for one purpose only', () => {
    const purposes = ['attest', 'refresh', 'facade', 'nonce'] as const;
    const boundsOf = (purpose: ChallengePurpose): ChallengeBounds =>
      purpose === 'nonce' ? { iss: ISS, app: '' } : { ...bounds, ...(CHALLENGES[purpose].bindsKey ? { jkt } : {}) };
    for (const made of purposes) {
      for (const asked of purposes) {
        const run = () => verify(create(made, boundsOf(made)), boundsOf(asked), NOW, asked);
        if (made === asked) run();
        else assert.throws(run, withCode('tokens.challenge_purpose'));
      }
    }
  });

  it('for a refresh hold for one key only', () => {
    const text = create('refresh', { ...bounds, jkt });
    const other = { ...bounds, jkt: random(32) };
    assert.throws(() => verify(text, other, NOW, 'refresh'), withCode('tokens.challenge_invalid'));
  });

  it('are refused with any byte changed', () => {
    const bytes = parseBase64url(create());
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = toBase64url(Uint8Array.from(bytes, (octet, place) => (place === at ? octet ^ 1 : octet)));
      assert.throws(() => verify(changed), /challenge|version/);
    }
  });

  it('verify under every key of the ring and under no other', () => {
    const entries = [1, 2].map((kid) => ({ kid, secret: random(32) }));
    const before = createChallengeKeys(1, entries);
    const after = createChallengeKeys(2, entries);
    const text = createChallenge('attest', bounds, { keys: before, at: NOW, random });
    verifyChallenge(text, 'attest', bounds, { keys: after, at: NOW });
    assert.throws(() => verify(text), withCode('tokens.challenge_invalid'));
    const sameNumber = createChallengeKeys(1, [{ kid: 1, secret: random(32) }]);
    const foreign = () => verifyChallenge(text, 'attest', bounds, { keys: sameNumber, at: NOW });
    assert.throws(foreign, withCode('tokens.challenge_invalid'));
  });

  it('all differ', () => assert.equal(new Set(Array.from({ length: 100 }, () => create())).size, 100));

  it('are not made for everybody', () => {
    const unbound: readonly [ChallengePurpose, ChallengeBounds][] = [
      ['attest', { iss: '', app: APP }],
      ['attest', { iss: ISS, app: '' }],
      ['attest', { ...bounds, jkt }],
      ['refresh', bounds],
      ['refresh', { ...bounds, jkt: random(31) }],
      ['nonce', bounds],
    ];
    for (const [purpose, bound] of unbound) {
      assert.throws(() => create(purpose, bound), withCode('tokens.config_invalid'));
    }
  });
});

describe('createChallengeKeys', () => {
  const secret = random(32);
  const wrong = [
    [1, []],
    [2, [{ kid: 1, secret }]],
    [1, [{ kid: 1, secret: random(31) }]],
    [256, [{ kid: 256, secret }]],
    [
      1,
      [
        { kid: 1, secret },
        { kid: 1, secret: random(32) },
      ],
    ],
  ] as const;
  for (const [signing, entries] of wrong) {
    it(`refuses ${entries.length} keys of which ${signing} signs`, () =>
      assert.throws(() => createChallengeKeys(signing, entries), withCode('tokens.key_ring_invalid')));
  }
});
