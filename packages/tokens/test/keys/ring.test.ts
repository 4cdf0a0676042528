import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toJwks, toJwksDocument } from '../../src/keys/ring.ts';
import { generateSigningKey } from '../../src/signing-key.ts';

const [a, b] = [1, 2].map(() => generateSigningKey().key);
assert.ok(a && b);

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
