import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { certificates } from '../../../../src/apple/attestation/checks/certificates.ts';
import { createChainMemory, verifyAppAttestAttestation } from '../../../../src/index.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { type AttestationSpec, mintAttestation, root } from '../../../support/mint-apple.ts';
import { attesting } from '../../../support/run-apple.ts';

const run = (chain: AttestationSpec['chain']) => attesting({ chain });

describe('attestation certificates', () => {
  testFaults(certificates, [
    { name: 'none', code: 'apple.chain_length', run: run(() => []) },
    { name: 'the leaf alone', code: 'apple.chain_length', run: run((leaf) => [leaf]) },
    { name: 'a third', code: 'apple.chain_length', run: run((leaf, issuer) => [leaf, issuer, root.certificate]) },
    {
      name: 'a leaf cut short',
      code: 'apple.certificate_malformed',
      run: run((leaf, issuer) => [leaf.subarray(0, -1), issuer]),
    },
    {
      name: 'an issuer with a byte after it',
      code: 'apple.certificate_malformed',
      run: run((leaf, issuer) => [leaf, Uint8Array.of(...issuer, 0)]),
    },
  ]);

  it('takes a remembered issuer', () => {
    const { input, context } = mintAttestation();
    const memory = createChainMemory(4);
    for (let round = 0; round < 3; round += 1) {
      assert.equal(verifyAppAttestAttestation(input, { ...context, memory }).outcome, 'verified');
    }
  });
});
