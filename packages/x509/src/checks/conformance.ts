import type { Certificate } from '../certificate.ts';
import { refused } from '../faults.ts';
import type { Position, Profile } from '../profile.ts';

/** Every rule of the profile for this position. Raises x509.profile_violation with the clause. */
export function assertConformance(certificate: Certificate, position: Position, { conformance }: Profile): void {
  for (const { clause, on, expected, isBroken } of conformance) {
    if (on.includes(position) && isBroken(certificate)) {
      throw refused('x509.profile_violation', { clause, expected, found: `${position} without that` });
    }
  }
}
