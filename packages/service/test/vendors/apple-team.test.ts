import assert from 'node:assert/strict';
import { verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { authorize, hands, keys, TEAM } from './apple-keys.ts';

describe('tokens of an Apple team', () => {
  it('are ES256 by the key of the team, and kept for twenty minutes', async () => {
    const token = await authorize(TEAM);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const [head, claims] = [header, payload].map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    assert.deepEqual(head, { alg: 'ES256', kid: 'ABC123DEFG', typ: 'JWT' });
    assert.deepEqual(claims, { iss: TEAM, iat: hands.now / 1000 });
    const key = { key: keys.publicKey, dsaEncoding: 'ieee-p1363' } as const;
    assert.ok(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url')));
    assert.equal(await authorize(TEAM), token);
    hands.now += 20 * 60_000;
    assert.notEqual(await authorize(TEAM), token);
  });

  it('there is none for another team', () => {
    assert.throws(() => authorize('OTHER12345'), { code: 'service.vendor_not_configured', family: 'config' });
  });
});
