import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { der, toBase64url, utf8 } from '@assay/formats';
import { signature } from '../../../src/huawei/checks/signature.ts';
import { testFaults } from '../../support/check-faults.ts';
import { extension, LEAF_EXTENSIONS } from '../../support/mint-certificate.ts';
import { ecKeys, mintLeaf, mintResult, RESULTS, rsaKeys, SERVICES } from '../../support/mint-huawei.ts';
import { checking, harmony } from '../../support/run-huawei.ts';

const invalid = 'huawei.signature_invalid';
const refused = 'huawei.signer_key_refused';
const stranger = rsaKeys();
const p384 = mintLeaf(SERVICES.harmony.authority, ecKeys('secp384r1'));

/** A leaf whose key usage says so. */
const usedFor = (octet: number, unused: number) =>
  mintLeaf(SERVICES.harmony.authority, SERVICES.harmony.leaf.keys, {
    names: [],
    extensions: [...LEAF_EXTENSIONS, extension('2.5.29.15', true, der.bits(Uint8Array.of(octet), unused))],
  });

/** Genuine parts with another result between them. */
function swapped(): string {
  const other = { ...RESULTS.hms, detail: [] };
  return mintResult()
    .split('.')
    .with(1, toBase64url(utf8(JSON.stringify(other))))
    .join('.');
}

describe('signature', () => {
  testFaults(signature, [
    { name: 'another signer', code: invalid, run: checking({ signer: stranger }) },
    { name: 'another padding', code: invalid, run: checking({ alg: 'PS256', signedWith: 'RS256' }) },
    { name: 'another result', code: invalid, run: checking({}, { jws: swapped() }) },
    { name: 'no signature', code: invalid, run: checking({ signedWith: 'none' }) },
    {
      name: 'an RSA algorithm with a key on a curve',
      code: refused,
      run: harmony({ alg: 'RS256', signedWith: 'ES256' }),
    },
    { name: 'an algorithm of another curve', code: refused, run: harmony({ alg: 'ES384', signedWith: 'ES256' }) },
    { name: 'a key that is for agreement alone', code: refused, run: harmony({ leaf: usedFor(0x08, 3) }) },
    { name: 'a key that is for certificates alone', code: refused, run: harmony({ leaf: usedFor(0x04, 2) }) },
    { name: 'a key of another curve', code: refused, run: harmony({ leaf: p384, alg: 'ES256' }) },
    {
      name: 'a curve algorithm with an RSA key',
      code: refused,
      run: harmony({
        leaf: mintLeaf(SERVICES.harmony.authority, SERVICES.hms.leaf.keys),
        alg: 'ES256',
        signedWith: 'RS256',
      }),
    },
  ]);

  for (const alg of ['RS256', 'PS256']) {
    it(`takes ${alg} of both services`, () => {
      assert.equal(checking({ alg })().outcome, 'verified');
      const leaf = mintLeaf(SERVICES.harmony.authority, SERVICES.hms.leaf.keys);
      assert.equal(harmony({ alg, leaf })().outcome, 'verified');
    });
  }

  it('takes keys whose usage is to sign', () => {
    for (const [octet, unused] of [
      [0x80, 7],
      [0x40, 6],
      [0xa0, 5],
    ] as const) {
      assert.equal(harmony({ leaf: usedFor(octet, unused) })().outcome, 'verified', `${octet}`);
    }
  });

  it('takes ES384 of HarmonyOS', () => assert.equal(harmony({ leaf: p384, alg: 'ES384' })().outcome, 'verified'));
});
