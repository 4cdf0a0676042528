import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { describe, it } from 'node:test';
import { addressMark, certificateMarks, hmacOf } from '../../src/keys/hmac.ts';

const key = createSecretKey(new Uint8Array(32).fill(1));

describe('marks in records', () => {
  it('keep members and domains apart', () => {
    assert.notEqual(hmacOf(key, 'd', 'ab', 'c'), hmacOf(key, 'd', 'a', 'bc'));
    assert.notEqual(hmacOf(key, 'd', 'a'), hmacOf(key, 'e', 'a'));
    assert.notEqual(hmacOf(key, 'd', 'a'), hmacOf(createSecretKey(new Uint8Array(32)), 'd', 'a'));
  });

  it('find a certificate again by its serial, and hide it', () => {
    const certificate = { serialHex: '1a2b', spkiDigest: 'digest' };
    assert.deepEqual(certificateMarks(key, certificate), certificateMarks(key, certificate));
    const { serial, spki } = certificateMarks(key, { serialHex: 'x', spkiDigest: 'x' });
    assert.notEqual(serial, spki);
  });

  it('of an address last one day', () => {
    assert.equal(addressMark(key, '2026-11-21', '192.0.2.7'), addressMark(key, '2026-11-21', '192.0.2.7'));
    assert.notEqual(addressMark(key, '2026-11-21', '192.0.2.7'), addressMark(key, '2026-11-22', '192.0.2.7'));
  });
});
