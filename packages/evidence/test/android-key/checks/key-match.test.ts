import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyMatch } from '../../../src/android-key/checks/key-match.ts';
import { verifyKeyAttestation } from '../../../src/android-key/index.ts';
import { testFaults } from '../../support/check-faults.ts';
import { device, mintKeyAttestation } from '../../support/mint-android.ts';
import { generateKeys, spkiOf } from '../../support/mint-certificate.ts';

function expecting(expectedKey: Uint8Array) {
  const { input, context } = mintKeyAttestation();
  return verifyKeyAttestation({ ...input, expectedKey }, context);
}

const code = 'android.key_mismatch';

describe('key match', () => {
  testFaults(keyMatch, [
    { name: 'another key', code, run: () => expecting(spkiOf(generateKeys().publicKey)) },
    { name: 'no key', code, run: () => expecting(new Uint8Array()) },
  ]);

  it('takes the attested key', () => {
    assert.equal(expecting(spkiOf(device.publicKey)).outcome, 'verified');
  });
});
