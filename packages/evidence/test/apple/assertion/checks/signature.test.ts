import { sign } from 'node:crypto';
import { describe } from 'node:test';
import { type CborValue, utf8 } from '@assay/formats';
import { signature } from '../../../../src/apple/assertion/checks/signature.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { device, sha256 } from '../../../support/mint-apple.ts';
import { generateKeys } from '../../../support/mint-certificate.ts';
import { asserting } from '../../../support/run-apple.ts';

const code = 'apple.signature_invalid';
const clientDataHash = sha256(utf8('client data'));

const dataOf = (members: ReadonlyMap<string, CborValue>) => members.get('authenticatorData') as Uint8Array;

/** r || s instead of DER. */
const rawSignature = (members: Map<string, CborValue>): CborValue => {
  const key = { key: device.privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return members.set('signature', sign('sha256', sha256(dataOf(members), clientDataHash), key));
};

/** Signed with the nonce as the digest, that is hashed once too few. */
const hashedOnce = (members: Map<string, CborValue>): CborValue => {
  const message = Buffer.concat([dataOf(members), clientDataHash]);
  return members.set('signature', sign('sha256', message, device.privateKey));
};

describe('assertion signature', () => {
  testFaults(signature, [
    { name: 'other client data', code, run: asserting({ clientDataHash: sha256(utf8('client data ')) }) },
    { name: 'another key', code, run: asserting({ keys: generateKeys() }) },
    { name: 'r and s without DER', code, run: asserting({ members: rawSignature }) },
    { name: 'hashed once', code, run: asserting({ members: hashedOnce }) },
    { name: 'no bytes', code, run: asserting({ members: (members) => members.set('signature', new Uint8Array()) }) },
    {
      name: 'a counter raised after signing',
      code,
      run: asserting({
        members: (members) => {
          const data = Uint8Array.from(dataOf(members));
          data[36] = 7;
          return members.set('authenticatorData', data);
        },
      }),
    },
  ]);
});
