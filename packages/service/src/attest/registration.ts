import { type Facts, knownValue, provenValue } from '@assay/core';
import { fault } from '../fault.ts';
import type { EnvironmentKind } from '../issuers.ts';

/** KeyMint purposes (source.android.com, "Authorization tags"). */
const SIGN = 2;
const ATTEST_KEY = 7;

/**
 * What a key must be before an instance may live by it, whatever a policy says now or later: a refused but valid
 * enrolment keeps its instance, so these are no matter of policy.
 *
 * @throws EvidenceError `service.key_unfit`, `service.environment_mismatch`
 */
export function assertRegistrable(facts: Facts, kind: EnvironmentKind): void {
  for (const rule of RULES) rule(facts, kind);
}

const RULES: readonly ((facts: Facts, kind: EnvironmentKind) => void)[] = [
  isP256,
  isGenerated,
  signsOnly,
  isOfEnvironment,
];

function isP256({ key }: Facts): void {
  const found = provenValue(key.algorithm);
  if (found !== 'ec-p256') throw fault('service.key_unfit', { expected: 'a P-256 key', found: found ?? 'no proof' });
}

/** App Attest makes its keys in place and for assertions alone, and states neither. */
const statesKeyUse = ({ evidence }: Facts): boolean => !evidence.includes('apple-app-attest');

/** An imported key may exist elsewhere too. What software says of a key it holds itself is no proof. */
function isGenerated(facts: Facts): void {
  const found = provenValue(facts.key.origin);
  if (statesKeyUse(facts) && found !== 'generated')
    throw fault('service.key_unfit', { expected: 'a key generated in hardware', found: found ?? 'no proof' });
}

/** A key that may attest could sign attestations of its own making. */
function signsOnly(facts: Facts): void {
  const found = provenValue(facts.key.purposes) ?? [];
  if (!statesKeyUse(facts) || (found.includes(SIGN) && !found.includes(ATTEST_KEY))) return;
  throw fault('service.key_unfit', {
    expected: 'purpose SIGN and never ATTEST_KEY, by hardware',
    found: found.join(', ') || 'no proof',
  });
}

/** Whoever has a developer account for the app can make keys of the development environment. */
function isOfEnvironment({ app }: Facts, kind: EnvironmentKind): void {
  if (kind === 'production' && knownValue(app.environment) === 'development') {
    throw fault('service.environment_mismatch', { expected: 'production', found: 'development' });
  }
}
