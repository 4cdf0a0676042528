import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe } from 'node:test';
import { toBase64url, utf8 } from '@assay/formats';
import { signature } from '../../../src/play-integrity/checks/signature.ts';
import { testFaults } from '../../support/check-faults.ts';
import { PLAY_KEYS, signEs256, VERDICT, verdictWith } from '../../support/mint-play.ts';
import { verifying } from '../../support/run-play.ts';

const malformed = 'play.jws_malformed';
const refused = 'play.algorithm_refused';
const invalid = 'play.signature_invalid';

const stranger = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const hmac = (signed: string) => createHmac('sha256', PLAY_KEYS.verificationKey).update(signed).digest();
const payloadOf = (verdict: object) => toBase64url(utf8(JSON.stringify(verdict)));

describe('signature', () => {
  testFaults(signature, [
    { name: 'a plaintext that is no JWS', code: malformed, run: verifying({ jws: () => 'hello' }) },
    { name: 'a JWE inside the JWE', code: malformed, run: verifying({ jws: () => 'e30.AA.AA.AA.AA' }) },
    { name: 'octets outside ASCII', code: malformed, run: verifying({ jws: (jws) => `${jws}\u00e9` }) },
    { name: 'a header that names a key', code: malformed, run: verifying({ jwsHeader: { alg: 'ES256', kid: '1' } }) },
    { name: 'a header that brings a key', code: malformed, run: verifying({ jwsHeader: { alg: 'ES256', jwk: {} } }) },
    { name: 'an empty signature', code: malformed, run: verifying({ sign: () => new Uint8Array() }) },
    { name: 'a signature in DER', code: malformed, run: verifying({ sign: () => new Uint8Array(71) }) },
    {
      name: 'no algorithm',
      code: refused,
      run: verifying({ jwsHeader: { alg: 'none' }, sign: () => new Uint8Array() }),
    },
    { name: 'the public key as a secret', code: refused, run: verifying({ jwsHeader: { alg: 'HS256' }, sign: hmac }) },
    { name: 'another algorithm', code: refused, run: verifying({ jwsHeader: { alg: 'ES384' } }) },
    { name: 'the algorithm in another case', code: refused, run: verifying({ jwsHeader: { alg: 'es256' } }) },
    { name: 'another signer', code: invalid, run: verifying({ sign: (signed) => signEs256(signed, stranger) }) },
    { name: 'a signature of zeros', code: invalid, run: verifying({ sign: () => new Uint8Array(64) }) },
    {
      name: 'another verdict under a genuine signature',
      code: invalid,
      run: verifying({
        verdict: verdictWith('deviceIntegrity', { deviceRecognitionVerdict: ['MEETS_BASIC_INTEGRITY'] }),
        jws: (jws) => jws.split('.').with(1, payloadOf(VERDICT)).join('.'),
      }),
    },
  ]);
});
