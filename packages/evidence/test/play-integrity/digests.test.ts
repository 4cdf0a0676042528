import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signersOf } from '../../src/play-integrity/digests.ts';

describe('signing digests of Play', () => {
  it('are hex for us, in the order in which Play wrote them', () => {
    const digest = Buffer.alloc(32, 0xab);
    assert.deepEqual(signersOf([digest.toString('base64url'), `${digest.toString('base64url')}=`]), [
      'ab'.repeat(32),
      'ab'.repeat(32),
    ]);
    assert.deepEqual(signersOf([]), []);
  });

  it('are none where they are no SHA-256', () => {
    assert.deepEqual(
      signersOf(['', 'AAAA', '?', 'ab'.repeat(32), 'A'.repeat(42).concat('B')]),
      Array(5).fill(undefined),
    );
  });
});
