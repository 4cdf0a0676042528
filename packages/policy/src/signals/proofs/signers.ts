import type { Facts } from '@assay/core';
import { HUAWEI, KEY, PLAY, type ProofRow, proves, type Registered } from './row.ts';

/** Undefined where there is nothing to compare. */
function isRegisteredSigner({ app }: Facts, by: string, { signers = [] }: Registered): boolean | undefined {
  const fact = app.signers;
  if (fact.known !== 'proven' || fact.by !== by || fact.value.length === 0 || signers.length === 0) return undefined;
  return fact.value.some((each) => signers.includes(each));
}

const signerRows = (by: string): readonly ProofRow[] => [
  {
    ...proves('repackaged', true, by),
    holds: (facts, registered) => isRegisteredSigner(facts, by, registered) === false,
    when: '`app.signers` is proven, and none of them is registered',
    means:
      "The app was signed by somebody else. An unregistered key of your own looks the same: the appraisal names the digest. Play's `unrecognized_version` by itself proves nothing: every build is unrecognised until Play knows it.",
  },
  {
    ...proves('repackaged', false, by),
    holds: (facts, registered) => isRegisteredSigner(facts, by, registered) === true,
    when: '`app.signers` is proven, and one of them is registered',
    means: 'The package carries your signature. Not that its code is unchanged in memory: that is `hooks`.',
  },
];

/** Who signed the app, by each format that proves it. */
export const SIGNER_PROOFS: readonly ProofRow[] = [KEY, PLAY, ...HUAWEI].flatMap(signerRows);
