import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat } from '@assay/formats';
import { challenge } from '../../../src/android-key/checks/challenge.ts';
import { verifyKeyAttestation } from '../../../src/android-key/index.ts';
import { testFaults } from '../../support/check-faults.ts';
import { CHALLENGE, flipped, mintKeyAttestation } from '../../support/mint-android.ts';

function attesting(attested: Uint8Array) {
  const { input, context } = mintKeyAttestation({ challenge: attested });
  return verifyKeyAttestation(input, context);
}

const code = 'android.challenge_mismatch';

describe('challenge', () => {
  testFaults(challenge, [
    { name: 'a bit turned', code, run: () => attesting(flipped(CHALLENGE, 42)) },
    { name: 'a byte less', code, run: () => attesting(CHALLENGE.subarray(0, -1)) },
    { name: 'a byte more', code, run: () => attesting(concat(CHALLENGE, Uint8Array.of(0))) },
    { name: 'none', code, run: () => attesting(new Uint8Array()) },
  ]);

  it('shows lengths, never the bytes', () => {
    const appraisal = attesting(flipped(CHALLENGE, 0));
    assert.ok(appraisal.outcome === 'rejected');
    assert.deepEqual([appraisal.error.detail.expected, appraisal.error.detail.found], ['43 bytes', 'other bytes']);
  });
});
