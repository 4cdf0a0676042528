import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OkReply } from '@assay/tokens/wire';
import { Vault } from '../src/vault.ts';

const API = 'https://api.example.com';
const SENT = 1_000_000;
const REPLY: OkReply = {
  ...{ v: 1, iss: 'i', aud: 'a', rqh: 'r', iat: 500, support: 'S', result: 'ok' },
  tokens: { [API]: { value: 'token', type: 'DPoP', expires_in: 300 } },
  next: { challenge: 'c', expires_in: 900, refresh_after: 150 },
};
const SECRETS = new Map([['maps', { value: Uint8Array.of(1), version: 7, exp: 560 }]]);

function filled(): Vault {
  const vault = new Vault();
  vault.put(REPLY, SECRETS, SENT);
  return vault;
}

describe('Vault', () => {
  it('counts from when the request was sent, and leaves a token time to arrive', () => {
    const vault = filled();
    assert.equal(vault.token(API, SENT)?.value, 'token');
    assert.equal(vault.token(API, SENT + 294_999)?.value, 'token');
    assert.equal(vault.token(API, SENT + 295_000), undefined);
    assert.equal(vault.token('https://other.example.com', SENT), undefined);
  });

  it('keeps a secret as long as the server says between its own two times', () => {
    const vault = filled();
    assert.equal(vault.secret('maps', SENT + 59_999)?.version, 7);
    assert.equal(vault.secret('maps', SENT + 60_000), undefined);
  });

  it('holds nothing to be alive before it came: the clock was moved', () => {
    assert.equal(filled().secret('maps', SENT - 1), undefined);
    assert.equal(filled().token(API, SENT - 10_000), undefined);
  });

  it('is due when the server asked to be asked again, and knows what it was not given', () => {
    const vault = filled();
    assert.deepEqual([vault.isDue(SENT + 149_999), vault.isDue(SENT + 150_000)], [false, true]);
    assert.deepEqual(
      [vault.lacks('mail', SENT), vault.lacks('maps', SENT), vault.lacks(API, SENT)],
      [true, false, false],
    );
    assert.equal(vault.lacks('mail', SENT + 150_000), false);
    assert.equal(new Vault().lacks('mail', SENT), false);
  });

  it('forgets everything at once', () => {
    const vault = filled();
    vault.clear();
    assert.deepEqual(
      [vault.token(API, SENT), vault.secret('maps', SENT), vault.isDue(SENT)],
      [undefined, undefined, true],
    );
  });
});
