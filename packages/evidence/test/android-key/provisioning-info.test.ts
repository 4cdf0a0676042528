import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CborValue, encodeCbor } from '@assay/formats';
import { type Certificate, parseCertificate } from '@assay/x509';
import { certificatesIssued, PROVISIONING_INFO_OID } from '../../src/android-key/provisioning-info.ts';
import { ISSUERS } from '../support/mint-android.ts';

const [attester] = ISSUERS.factory;
assert.ok(attester);
const plain = parseCertificate(attester.certificate);

function carrying(value: Uint8Array): Certificate {
  return {
    ...plain,
    extensions: new Map([[PROVISIONING_INFO_OID, { oid: PROVISIONING_INFO_OID, critical: false, value }]]),
  };
}

describe('certificatesIssued', () => {
  for (const [name, value, count] of [
    ['a count', new Map<number, CborValue>([[1, 8]]), 8],
    [
      'a count beside other members',
      new Map<number, CborValue>([
        [1, 128],
        [2, true],
        [3, 'maker'],
        [4, new Map()],
      ]),
      128,
    ],
    ['none', new Map(), undefined],
    ['a negative count', new Map([[1, -1]]), undefined],
    ['a text', new Map([[1, '8']]), undefined],
    ['no map', 8, undefined],
  ] as const) {
    it(`${name}: ${count}`, () => assert.equal(certificatesIssued(carrying(encodeCbor(value))), count));
  }

  it('says nothing for what does not decode, or is not there', () => {
    assert.equal(certificatesIssued(carrying(Uint8Array.of(0xff))), undefined);
    assert.equal(certificatesIssued(plain), undefined);
    assert.equal(certificatesIssued(undefined), undefined);
  });
});
