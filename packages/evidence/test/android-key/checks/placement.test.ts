import { describe } from 'node:test';
import { placement } from '../../../src/android-key/checks/placement.ts';
import { verifyKeyAttestation } from '../../../src/android-key/index.ts';
import { testFaults } from '../../support/check-faults.ts';
import { ISSUERS, mintDescription, mintExtendedChain, mintKeyAttestation } from '../../support/mint-android.ts';
import { LEAF_EXTENSIONS } from '../../support/mint-certificate.ts';

function withChain(chain: readonly Uint8Array[]) {
  const { input, context } = mintKeyAttestation();
  return verifyKeyAttestation({ ...input, chain }, context);
}

/** The extended chain cut to the length of a genuine one: the root left out, the shape kept. */
function extendedBelowSoftware() {
  const { input, context } = mintKeyAttestation({ issuers: ISSUERS.software });
  const [forged, attested] = mintExtendedChain(mintDescription());
  const [, ...issuers] = input.chain;
  return verifyKeyAttestation(
    { ...input, chain: [forged, attested, ...issuers].filter((der) => der !== undefined) },
    context,
  );
}

describe('placement', () => {
  testFaults(placement, [
    {
      name: 'a leaf without KeyDescription',
      code: 'android.key_description_missing',
      run: () => withChain(mintKeyAttestation({ leafExtensions: LEAF_EXTENSIONS }).input.chain),
    },
    {
      name: 'a certificate without KeyDescription, signed by an attested key',
      code: 'android.key_description_missing',
      run: () => withChain(mintExtendedChain(undefined)),
    },
    {
      name: 'a certificate with an invented KeyDescription, signed by an attested key',
      code: 'android.key_description_in_issuer',
      run: () => withChain(mintExtendedChain(mintDescription())),
    },
    {
      name: 'the same, in a chain as short as a genuine one',
      code: 'android.key_description_in_issuer',
      run: extendedBelowSoftware,
    },
  ]);
});
