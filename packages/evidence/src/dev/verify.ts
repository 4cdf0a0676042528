/**
 * `dev` evidence: simulators, emulators and CI jobs have no platform that attests anything, so an operator gives them a grant
 * and its key signs. It proves who holds the key and nothing about app or device; environments of another kind than
 * `development` never look at it, and every enrolment uses the grant once.
 */
import { type CheckStep, claimed, type Facts, noFacts, proven } from '@assay/core';
import { type Appraisal, appraise } from '../shared/appraisal.ts';
import { age } from './checks/age.ts';
import { binding } from './checks/binding.ts';
import { grant } from './checks/grant.ts';
import { signature } from './checks/signature.ts';
import { token } from './checks/token.ts';
import { createState, type DevContext, type DevInput, type DevState } from './state.ts';

/** Name of the format in facts. */
export const DEV = 'dev';

export const DEV_CHECKS: readonly CheckStep<DevState>[] = [token, signature, grant, binding, age];

export interface DevProof {
  readonly grant: string;
  /** Epoch milliseconds. */
  readonly madeAt: number;
}

/**
 * Verifies `dev` evidence: the holder of this grant's key asks for this statement, now. Whether the grant has uses left is
 * for the transaction that counts them.
 *
 * @throws ConfigError `dev.grant_key_unusable`
 */
export function verifyDevEvidence(input: DevInput, context: DevContext): Appraisal<DevProof> {
  return appraise(DEV_CHECKS, createState(input, context), ({ claims }) => ({
    proven: { grant: claims.value.grant, madeAt: claims.value.iat * 1000 },
    facts: devFacts(),
  }));
}

function devFacts(): Facts {
  const none = noFacts();
  return {
    ...none,
    evidence: [DEV],
    platform: proven('dev', DEV),
    key: { ...none.key, protection: claimed('software', DEV) },
  };
}
