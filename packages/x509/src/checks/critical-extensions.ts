import type { Certificate } from '../certificate.ts';
import { refused } from '../faults.ts';
import { OID } from '../oids.ts';
import type { Profile } from '../profile.ts';

/**
 * What path validation processes. Certificate policies are here because nobody asks for one: with any-policy as the initial
 * set and no explicit policy demanded, every outcome of their processing is acceptance (RFC 5280 6.1.1 (c) to (g)). The
 * extensions that could demand a policy are not here, and refuse the certificate where critical.
 */
const PROCESSED: ReadonlySet<string> = new Set([
  OID.basicConstraints,
  OID.keyUsage,
  OID.subjectAltName,
  OID.nameConstraints,
  OID.certificatePolicies,
]);

/**
 * RFC 5280 4.2, 6.1.4 (o), 6.1.5 (f): a critical extension that is not processed refuses the certificate, its limits being
 * unknown. Extended key usage is processed where the profile has a purpose to compare it with.
 */
export function assertNoUnknownCritical(certificate: Certificate, { purpose }: Profile): void {
  for (const { oid, critical } of certificate.extensions.values()) {
    const isProcessed = PROCESSED.has(oid) || (oid === OID.extKeyUsage && purpose !== undefined);
    if (critical && !isProcessed) {
      throw refused('x509.critical_extension_unknown', { clause: 'RFC 5280 4.2', found: oid });
    }
  }
}
