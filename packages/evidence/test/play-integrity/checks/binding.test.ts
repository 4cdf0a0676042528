import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { utf8 } from '@assay/formats';
import { binding } from '../../../src/play-integrity/checks/binding.ts';
import { testFaults } from '../../support/check-faults.ts';
import { REQUEST_HASH, verdictWith } from '../../support/mint-play.ts';
import { saying, verifying } from '../../support/run-play.ts';

const code = 'play.binding_mismatch';

/** Octets whose two spellings differ in alphabet and padding. */
const NONCE = Uint8Array.from({ length: 32 }, (_, at) => 255 - at);
const URL_TEXT = Buffer.from(NONCE).toString('base64url');
const STANDARD_TEXT = Buffer.from(NONCE).toString('base64');

function classic(nonce: unknown) {
  const verdict = verdictWith('requestDetails', { requestHash: undefined, nonce });
  return verifying({ verdict }, { binding: { kind: 'classic', nonce: NONCE } });
}

describe('binding', () => {
  testFaults(binding, [
    { name: 'another hash', code, run: saying('requestDetails', { requestHash: REQUEST_HASH.replace('A', 'B') }) },
    { name: 'the hash padded', code, run: saying('requestDetails', { requestHash: `${REQUEST_HASH}=` }) },
    { name: 'no hash', code, run: saying('requestDetails', { requestHash: undefined }) },
    {
      name: 'a nonce in the place of the hash',
      code,
      run: saying('requestDetails', { requestHash: undefined, nonce: REQUEST_HASH }),
    },
    {
      name: 'a hash in the place of the nonce',
      code,
      run: verifying({}, { binding: { kind: 'classic', nonce: Buffer.from(REQUEST_HASH, 'base64url') } }),
    },
    { name: 'another nonce', code, run: classic(URL_TEXT.replace('_', 'A')) },
    { name: 'a nonce with a byte more', code, run: classic(Buffer.from([...NONCE, 0]).toString('base64url')) },
    { name: 'an empty nonce', code, run: classic('') },
    { name: 'a nonce with white space', code, run: classic(`${URL_TEXT}\n`) },
    { name: 'a nonce with bits that belong to no byte', code, run: classic(`${URL_TEXT.slice(0, -1)}B`) },
    { name: 'a nonce padded without end', code, run: classic(`${URL_TEXT}====`) },
  ]);

  it('compares a nonce by its bytes, in either alphabet, padded or not', () => {
    assert.notEqual(STANDARD_TEXT.slice(0, -1), URL_TEXT);
    for (const text of [URL_TEXT, `${URL_TEXT}=`, STANDARD_TEXT, STANDARD_TEXT.slice(0, -1)]) {
      assert.equal(classic(text)().outcome, 'verified', text);
    }
  });

  it('shows no value of either side', () => {
    const { checks } = saying('requestDetails', { requestHash: 'another-one' })();
    const text = JSON.stringify(checks);
    assert.ok(!text.includes('another-one') && !text.includes(REQUEST_HASH));
    assert.equal(utf8(REQUEST_HASH).length, 43);
  });
});
