import { describe } from 'node:test';
import { anchor } from '../../../src/android-key/checks/anchor.ts';
import { verifyKeyAttestation } from '../../../src/android-key/index.ts';
import { testFaults } from '../../support/check-faults.ts';
import {
  type ChainSpec,
  ISSUERS,
  lookalike,
  mintIssuer,
  mintKeyAttestation,
  NOW,
  nameOf,
} from '../../support/mint-android.ts';
import { anchorOf } from '../../support/mint-certificate.ts';

const stranger = mintIssuer(nameOf(['2.5.4.3', 'Stranger']), undefined, { notBefore: NOW, notAfter: NOW });

function attempt(changes: Partial<ChainSpec>, anchors = mintKeyAttestation().context.trust.anchors) {
  const { input, context } = mintKeyAttestation(changes);
  return verifyKeyAttestation(input, { ...context, trust: { anchors } });
}

const code = 'android.root_untrusted';
const ending = (root: Uint8Array) => (certificates: readonly Uint8Array[]) => [...certificates.slice(0, -1), root];

describe('anchor', () => {
  testFaults(anchor, [
    {
      name: 'a root of the trusted name with another key',
      code,
      run: () => attempt({ issuers: ISSUERS.factoryOfLookalike, chain: ending(lookalike.certificate) }),
    },
    {
      name: 'a genuine chain that presents a foreign root',
      code,
      run: () => attempt({ chain: ending(stranger.certificate) }),
    },
    {
      name: 'a chain without root under an unknown issuer',
      code,
      run: () =>
        attempt({ chain: (certificates) => certificates.slice(0, -1) }, [anchorOf('stranger', stranger.certificate)]),
    },
  ]);
});
