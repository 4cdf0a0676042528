import { describe } from 'node:test';
import { signature } from '../../../src/app-check/checks/signature.ts';
import { testFaults } from '../../support/check-faults.ts';
import { checking, HEADER, JWK, mintAppCheck, otherKeys } from '../../support/mint-app-check.ts';
import { withOtherSignature } from '../../support/mint-jws.ts';

const header = 'app_check.header_unexpected';

describe('signature of App Check tokens', () => {
  testFaults(signature, [
    { name: 'no algorithm', code: header, run: checking({ header: { ...HEADER, alg: 'none' } }) },
    { name: 'a MAC under the public key', code: header, run: checking({ header: { ...HEADER, alg: 'HS256' } }) },
    { name: 'another RSA scheme', code: header, run: checking({ header: { ...HEADER, alg: 'PS256' } }) },
    { name: 'another type', code: header, run: checking({ header: { ...HEADER, typ: 'at+jwt' } }) },
    { name: 'no type', code: header, run: checking({ header: { alg: 'RS256', kid: HEADER.kid } }) },
    { name: 'no name of a key', code: header, run: checking({ header: { alg: 'RS256', typ: 'JWT' } }) },
    { name: 'a key that it brings along', code: header, run: checking({ header: { ...HEADER, jwk: JWK } }) },
    { name: 'a critical member', code: header, run: checking({ header: { ...HEADER, crit: ['b64'], b64: false } }) },
    {
      name: 'an unknown key',
      code: 'app_check.key_unknown',
      run: checking({ header: { ...HEADER, kid: 'key-2' } }),
    },
    {
      name: 'the name of a key and the signature of another',
      code: 'app_check.signature_invalid',
      run: checking({ key: otherKeys.privateKey }),
    },
    {
      name: 'a changed signature',
      code: 'app_check.signature_invalid',
      run: () => checking({}, { token: withOtherSignature(mintAppCheck()) })(),
    },
    {
      name: 'an empty signature',
      code: 'app_check.signature_invalid',
      run: () => checking({}, { token: mintAppCheck().replace(/\.[^.]*$/, '.') })(),
    },
  ]);
});
