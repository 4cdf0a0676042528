import { describe } from 'node:test';
import type { CborMap, CborValue } from '@assay/formats';
import { publicKey } from '../../../../src/apple/attestation/checks/public-key.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { coseKeyOf, device } from '../../../support/mint-apple.ts';
import { generateKeys } from '../../../support/mint-certificate.ts';
import { attesting } from '../../../support/run-apple.ts';

/** The COSE key of the device with one member replaced. */
const coseKeyWith = (label: number, value: CborValue): CborMap => new Map([...coseKeyOf(device), [label, value]]);

const code = 'apple.public_key_mismatch';

describe('attestation public key', () => {
  testFaults(publicKey, [
    { name: 'a second key', code, run: attesting({ coseKey: coseKeyOf(generateKeys()) }) },
    { name: 'another algorithm', code, run: attesting({ coseKey: coseKeyWith(3, -35) }) },
    { name: 'another curve', code, run: attesting({ coseKey: coseKeyWith(-1, 2) }) },
    { name: 'a coordinate of another length', code, run: attesting({ coseKey: coseKeyWith(-2, new Uint8Array(33)) }) },
    { name: 'a sign in the place of y', code, run: attesting({ coseKey: coseKeyWith(-3, true) }) },
    { name: 'a sixth member', code, run: attesting({ coseKey: coseKeyWith(4, 1) }) },
  ]);
});
