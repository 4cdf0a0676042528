import { describe } from 'node:test';
import { chainShape } from '../../../src/android-key/checks/chain-shape.ts';
import { verifyKeyAttestation } from '../../../src/android-key/index.ts';
import { testFaults } from '../../support/check-faults.ts';
import {
  type ChainSpec,
  ISSUERS,
  mintIssuer,
  mintKeyAttestation,
  NOW,
  nameOf,
  root,
} from '../../support/mint-android.ts';

function attempt(changes: Partial<ChainSpec>) {
  const { input, context } = mintKeyAttestation(changes);
  return verifyKeyAttestation(input, context);
}

const [attester, ca3, ca2] = ISSUERS.rkp;
const extra = mintIssuer(nameOf(['2.5.4.3', 'Extra']), root, { notBefore: NOW, notAfter: NOW });
const unnumbered = mintIssuer(nameOf(['2.5.4.12', 'TEE']), root, { notBefore: NOW, notAfter: NOW });
const code = 'android.chain_shape_unknown';

describe('chain shape', () => {
  testFaults(chainShape, [
    {
      name: 'a factory chain with a certificate between attester and leaf',
      code,
      run: () => attempt({ issuers: [extra, ...ISSUERS.factory] }),
    },
    {
      name: 'a remotely provisioned chain with one below the attester',
      code,
      run: () => attempt({ issuers: [extra, ...ISSUERS.rkp] }),
    },
    {
      name: 'a factory chain whose first issuer has no serialNumber',
      code,
      run: () => attempt({ issuers: [...ISSUERS.factory.slice(0, 1), unnumbered] }),
    },
    {
      name: 'the droid authorities in the wrong order',
      code,
      run: () => attempt({ issuers: [attester, ca2, ca3].filter((issuer) => issuer !== undefined) }),
    },
    {
      name: 'an attester that is neither TEE nor StrongBox',
      code,
      run: () => attempt({ issuers: [extra, ca3, ca2].filter((issuer) => issuer !== undefined) }),
    },
    {
      name: 'the root twice',
      code,
      run: () => attempt({ chain: (certificates) => [...certificates, root.certificate] }),
    },
    {
      name: 'the leaf and the root alone',
      code,
      run: () => attempt({ chain: ([leaf, ...others]) => [leaf, others.at(-1)].filter((der) => der !== undefined) }),
    },
  ]);
});
