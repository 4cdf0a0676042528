import type { CheckStep } from '@assay/core';
import { attributeValues, type Certificate } from '@assay/x509';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import type { SysIntegrityState } from '../state.ts';

const SERVICE = 'sysintegrity.platform.hicloud.com';
const COMMON_NAME = '2.5.4.3';

/**
 * Stops Huawei's other certificates, which lead to the same root. The whole name is compared, without case; no wildcard, no
 * part of a name. The common name counts only where there are no alternative names, and only one (RFC 9525 6.3 would not let it
 * count; the vendor's documents do).
 */
export const host: CheckStep<SysIntegrityState> = {
  id: 'huawei.host',
  clause: CLAUSE.host,
  proves: 'the signer is the integrity service, by the name in its certificate',
  codes: ['huawei.host_mismatch'],
  run({
    certificates: {
      value: [leaf],
    },
  }) {
    const names = namesOf(leaf).map((name) => name.toLowerCase());
    if (!names.includes(SERVICE)) {
      throw refused('huawei.host_mismatch', {
        clause: CLAUSE.host,
        expected: SERVICE,
        found: names.slice(0, 4).join(', ') || 'no name',
      });
    }
    return SERVICE;
  },
};

function namesOf({ subjectAltNames, subject }: Certificate): readonly string[] {
  const commonNames = attributeValues(subject, COMMON_NAME);
  if (subjectAltNames === undefined) return commonNames.length === 1 ? commonNames : [];
  return subjectAltNames.flatMap((name) => (name.kind === 'dns' ? [name.value] : []));
}
