import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { identityOf } from '../../src/wire/keys.ts';
import { pinsKey, renamed, replyKey } from './documents.ts';

const { jwk } = pinsKey;

describe('keys in documents', () => {
  it('are the same under any name, and differ when they differ', () => {
    assert.equal(identityOf(renamed(pinsKey, 'other').jwk), identityOf(jwk));
    assert.notEqual(identityOf(replyKey.jwk), identityOf(jwk));
  });

  it('are one holder’s as (x, y) and (x, −y)', () =>
    assert.equal(identityOf({ ...jwk, y: replyKey.jwk.y }), identityOf(jwk)));
});
