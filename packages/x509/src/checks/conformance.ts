import type { Certificate } from '../certificate.ts';
import { refused } from '../faults.ts';
import type { Profile } from '../profiles.ts';
import type { Position } from './state.ts';

/** A rule on one certificate. Issuers that break it cannot be relied on to have checked anything else. */
export interface ConformanceRule {
  readonly clause: string;
  readonly on: readonly Position[];
  /** What must be so, in words. */
  readonly expected: string;
  readonly isBroken: (certificate: Certificate) => boolean;
}

/** Every rule of the profile for this position. Raises x509.profile_violation with the clause. */
export function assertConformance(certificate: Certificate, position: Position, { conformance }: Profile): void {
  for (const { clause, on, expected, isBroken } of conformance) {
    if (on.includes(position) && isBroken(certificate)) {
      throw refused('x509.profile_violation', { clause, expected, found: `${position} without that` });
    }
  }
}
