import type { CheckStep } from '@assay/core';
import { type Appraisal, appraise } from '../shared/appraisal.ts';
import { CLAUSE } from './clauses.ts';
import { refused } from './reasons.ts';

/** Always stops: a chain whose root nobody can name proves a key of whoever made the chain. */
const huksAttestation: CheckStep<undefined> = {
  id: 'harmony-key.attestation',
  clause: CLAUSE.keyAttestation,
  proves: 'the key was made in HUKS',
  codes: ['huawei.key_attestation_unverifiable'],
  run() {
    throw refused('huawei.key_attestation_unverifiable', { clause: CLAUSE.keyAttestation });
  },
};

/**
 * Refuses a HUKS key attestation (`attestKeyItem`, role `harmony-key`), whatever it says: neither the roots of these chains
 * nor a revocation list are published in a form that could be shipped with source and date.
 */
export function refuseHarmonyKey(): Appraisal<never> {
  return appraise([huksAttestation], undefined, () => {
    throw new Error('a HUKS key attestation passed');
  });
}
