import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createKeyRing, toJwks, toJwksDocument } from '../../src/keys/ring.ts';
import { generateSigningKey } from '../../src/signing-key.ts';
import { withCode } from '../kit.ts';

const [a, b, c, d] = [1, 2, 3, 4].map(() => generateSigningKey().key);
assert.ok(a && b && c && d);

describe('createKeyRing', () => {
  it('signs with the active key and publishes all but those that are gone', () => {
    const ring = createKeyRing([
      { state: 'next', key: a },
      { state: 'active', key: b },
      { state: 'retiring', key: c },
      { state: 'gone', key: d },
    ]);
    assert.equal(ring.signing, b);
    assert.deepEqual(
      ring.published.map(({ kid }) => kid),
      [a.kid, b.kid, c.kid],
    );
  });

  it('refuses a ring that cannot sign, or holds one key twice', () => {
    assert.throws(() => createKeyRing([]), withCode('tokens.key_ring_invalid'));
    assert.throws(() => createKeyRing([{ state: 'next', key: a }]), withCode('tokens.key_ring_invalid'));
    const twice = [
      { state: 'active', key: a },
      { state: 'next', key: a },
    ] as const;
    assert.throws(() => createKeyRing(twice), withCode('tokens.key_ring_invalid'));
  });
});

describe('toJwks', () => {
  it('publishes public members only', () => {
    const [key] = toJwks([a]).keys;
    assert.deepEqual(key, { ...a.publicJwk, kid: a.kid, alg: 'ES256', use: 'sig' });
  });

  it('has a strong entity tag that changes with the keys', () => {
    const document = toJwksDocument([a, b]);
    assert.match(document.etag, /^"[\w-]{43}"$/);
    assert.deepEqual(JSON.parse(document.body), toJwks([a, b]));
    assert.notEqual(toJwksDocument([a]).etag, document.etag);
  });
});
