import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signature } from '../../../src/dev/checks/signature.ts';
import { testFaults } from '../../support/check-faults.ts';
import { GRANT, granting, HEADER, mintDev, otherKey } from '../../support/mint-dev.ts';
import { withOtherSignature } from '../../support/mint-jws.ts';

const header = 'dev.header_unexpected';
const invalid = 'dev.signature_invalid';
const offCurve = { ...GRANT, jwk: { ...GRANT.jwk, y: GRANT.jwk.x } };

describe('signature of `dev` evidence', () => {
  // A stored key that is no point is the operator's, and is thrown: see below.
  const { codes, ...rest } = signature;
  testFaults({ ...rest, codes: codes.filter((code) => code !== 'dev.grant_key_unusable') }, [
    { name: 'no algorithm', code: header, run: granting({ header: { ...HEADER, alg: 'none' } }) },
    { name: 'another type', code: header, run: granting({ header: { ...HEADER, typ: 'assay-request+jwt' } }) },
    { name: 'a key that it brings along', code: header, run: granting({ header: { ...HEADER, jwk: GRANT.jwk } }) },
    { name: 'another key', code: invalid, run: granting({ key: otherKey }) },
    { name: 'a changed signature', code: invalid, run: () => granting({}, { token: withOtherSignature(mintDev()) })() },
    { name: 'no signature', code: invalid, run: () => granting({}, { token: mintDev().replace(/[^.]*$/, '') })() },
  ]);

  it('a stored key that is no point is a fault of ours', () => {
    assert.throws(granting({}, { grant: offCurve }), { code: 'dev.grant_key_unusable', family: 'config' });
  });
});
