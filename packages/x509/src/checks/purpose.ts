import type { Certificate } from '../certificate.ts';
import { refused } from '../faults.ts';
import { OID } from '../oids.ts';
import type { Position, Profile } from '../profile.ts';

/**
 * RFC 5280 4.2.1.12: a key with listed purposes serves these only; a leaf must name the purpose itself, an issuer may say
 * "any". Issuers are checked too (BR 7.1.2.10.6): stops a mail authority from making servers.
 */
export function assertPurpose({ extKeyUsage }: Certificate, position: Position, { purpose }: Profile): void {
  if (purpose === undefined || extKeyUsage === undefined || extKeyUsage.includes(purpose)) return;
  if (position !== 'leaf' && extKeyUsage.includes(OID.anyExtendedKeyUsage)) return;
  throw refused('x509.purpose_mismatch', { clause: 'RFC 5280 4.2.1.12', expected: purpose, found: position });
}
