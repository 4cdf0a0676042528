import type { Certificate } from '../certificate.ts';
import { refused } from '../faults.ts';
import type { Position, Profile, ValidityRule } from '../profile.ts';

const RULE_OF: Readonly<Record<Position, keyof Profile['validity']>> = {
  leaf: 'leaf',
  issuer: 'issuers',
  anchor: 'anchor',
};

/**
 * RFC 5280 6.1.3 (a)(2): the period includes `at`, both ends inclusive (4.1.2.5). Certificates count whole seconds, so `at`
 * is taken at its second; a time that is no number is in no period. Stops the use of keys that their owner has long let go.
 */
export function assertValidAt(certificate: Certificate, position: Position, profile: Profile, at: number): void {
  const rule: ValidityRule = profile.validity[RULE_OF[position]];
  const second = Math.floor(at / 1000) * 1000;
  const clause = 'RFC 5280 6.1.3 (a)(2)';
  if (rule !== 'ignored' && !(second >= certificate.notBefore)) {
    throw refused('x509.not_yet_valid', {
      clause,
      expected: `${position} from ${iso(certificate.notBefore)}`,
      found: iso(at),
    });
  }
  if (rule === 'enforced' && !(second <= certificate.notAfter)) {
    throw refused('x509.expired', {
      clause,
      expected: `${position} until ${iso(certificate.notAfter)}`,
      found: iso(at),
    });
  }
}

function iso(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString() : 'no time';
}
