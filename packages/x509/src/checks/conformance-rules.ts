import { equalBytes } from '@assay/formats';
import type { Certificate } from '../certificate.ts';
import { isPresentedDnsName } from '../dns-names.ts';
import type { GeneralName } from '../general-names.ts';
import { formatIpAddress } from '../ip-addresses.ts';
import { isSubtree } from '../name-constraints.ts';
import { attributeValues, isEmptyName, isSelfIssued } from '../names.ts';
import { OID } from '../oids.ts';
import type { ConformanceRule, Position } from '../profile.ts';
import { isSelfSigned } from '../self-signed.ts';

const EVERYWHERE: readonly Position[] = ['leaf', 'issuer', 'anchor'];
const AUTHORITIES: readonly Position[] = ['issuer', 'anchor'];

/** True when the extension is there and its critical flag is not `critical`. */
function isFlagged(certificate: Certificate, oid: string, critical: boolean): boolean {
  const extension = certificate.extensions.get(oid);
  return extension !== undefined && extension.critical !== critical;
}

const isAuthority = (certificate: Certificate): boolean => certificate.basicConstraints?.ca === true;
const maySign = (certificate: Certificate): boolean => certificate.keyUsage?.has('keyCertSign') ?? true;
const namesAuthorityKey = (certificate: Certificate): boolean =>
  certificate.authorityKeyIdentifier?.keyIdentifier !== undefined;

/** What RFC 5280 4 and the Baseline Requirements share. */
const COMMON_RULES: readonly ConformanceRule[] = [
  {
    clause: 'RFC 5280 4.1.2.4',
    on: EVERYWHERE,
    expected: 'an issuer name',
    isBroken: ({ issuer }) => isEmptyName(issuer),
  },
  {
    clause: 'RFC 5280 4.1.2.6',
    on: AUTHORITIES,
    expected: 'a subject name',
    isBroken: ({ subject }) => isEmptyName(subject),
  },
  {
    clause: 'RFC 5280 4.2.1.1',
    on: ['leaf', 'issuer'],
    expected: 'an authority key identifier',
    isBroken: (certificate) => !namesAuthorityKey(certificate),
  },
  {
    clause: 'RFC 5280 4.2.1.1',
    on: ['anchor'],
    expected: 'an authority key identifier unless self-signed',
    isBroken: (anchor) => !namesAuthorityKey(anchor) && !isSelfSigned(anchor),
  },
  {
    clause: 'RFC 5280 4.2.1.2',
    on: AUTHORITIES,
    expected: 'a subject key identifier',
    isBroken: ({ subjectKeyIdentifier }) => subjectKeyIdentifier === undefined,
  },
  {
    clause: 'RFC 5280 4.2.1.3, 4.2.1.9',
    on: EVERYWHERE,
    expected: 'keyCertSign only in an authority',
    isBroken: (certificate) => certificate.keyUsage?.has('keyCertSign') === true && !isAuthority(certificate),
  },
  {
    clause: 'RFC 5280 4.2.1.6',
    on: ['leaf'],
    expected: 'a critical subject alternative name where the subject is empty',
    isBroken: (leaf) => isEmptyName(leaf.subject) && isFlagged(leaf, OID.subjectAltName, true),
  },
  {
    clause: 'RFC 5280 4.2.1.6',
    on: ['leaf'],
    expected: 'host names in preferred name syntax, wildcards only as the whole left-most label',
    isBroken: ({ subjectAltNames = [] }) =>
      subjectAltNames.some((name) => name.kind === 'dns' && !isPresentedDnsName(name.value)),
  },
  {
    clause: 'RFC 5280 4.2.1.9',
    on: AUTHORITIES,
    expected: 'critical basic constraints',
    isBroken: (certificate) => isFlagged(certificate, OID.basicConstraints, true),
  },
  {
    clause: 'RFC 5280 4.2.1.9',
    on: EVERYWHERE,
    expected: 'a path length only in an authority that may sign certificates',
    isBroken: (certificate) =>
      certificate.basicConstraints?.pathLength !== undefined && !(isAuthority(certificate) && maySign(certificate)),
  },
  {
    clause: 'RFC 5280 4.2.1.10',
    on: EVERYWHERE,
    expected: 'name constraints only in an authority',
    isBroken: (certificate) => certificate.nameConstraints !== undefined && !isAuthority(certificate),
  },
  {
    clause: 'RFC 5280 4.2.1.10',
    on: AUTHORITIES,
    expected: 'name constraints in the form of their kind of name',
    isBroken: ({ nameConstraints: { permitted = [], excluded = [] } = {} }) =>
      ![...permitted, ...excluded].every((base) => base.kind === 'unsupported' || isSubtree(base)),
  },
  {
    clause: 'RFC 5280 4.2.1.11',
    on: EVERYWHERE,
    expected: 'critical policy constraints',
    isBroken: (certificate) => isFlagged(certificate, OID.policyConstraints, true),
  },
  {
    clause: 'RFC 5280 4.2.1.14',
    on: EVERYWHERE,
    expected: 'a critical inhibitAnyPolicy',
    isBroken: (certificate) => isFlagged(certificate, OID.inhibitAnyPolicy, true),
  },
];

/** RFC 5280 4, for authorities that follow it and no other rules. */
export const RFC5280_RULES: readonly ConformanceRule[] = [
  ...COMMON_RULES,
  {
    clause: 'RFC 5280 4.2.1.10',
    on: AUTHORITIES,
    expected: 'critical name constraints',
    isBroken: (certificate) => isFlagged(certificate, OID.nameConstraints, true),
  },
];

/** RFC 5280 4 as the CA/B Forum Baseline Requirements narrow it; name constraints need not be critical there. */
export const BASELINE_RULES: readonly ConformanceRule[] = [
  ...COMMON_RULES,
  {
    clause: 'CA/B BR 7.1.1',
    on: EVERYWHERE,
    expected: 'version 3',
    isBroken: ({ version }) => version !== 3,
  },
  {
    clause: 'CA/B BR 7.1.2.1.2',
    on: ['anchor'],
    expected: 'no extended key usage in a root',
    isBroken: (anchor) => isSelfIssued(anchor) && anchor.extKeyUsage !== undefined,
  },
  {
    clause: 'CA/B BR 7.1.2.1.3',
    on: ['anchor'],
    expected: 'an authority key identifier, where a root has one, that is its subject key identifier alone',
    isBroken: (anchor) => isSelfIssued(anchor) && !hasOwnAuthorityKey(anchor),
  },
  {
    clause: 'CA/B BR 7.1.2.7.6',
    on: ['leaf'],
    expected: 'extended key usage marked not critical',
    isBroken: (leaf) => isFlagged(leaf, OID.extKeyUsage, false),
  },
  {
    clause: 'CA/B BR 7.1.2.7.8',
    on: ['leaf'],
    expected: 'no authority as a subscriber',
    isBroken: isAuthority,
  },
  {
    clause: 'CA/B BR 7.1.2.7.10',
    on: ['leaf'],
    expected: 'an extended key usage without anyExtendedKeyUsage',
    isBroken: ({ extKeyUsage }) => extKeyUsage?.includes(OID.anyExtendedKeyUsage) ?? true,
  },
  {
    clause: 'CA/B BR 7.1.2.7.12',
    on: ['leaf'],
    expected: 'a subject alternative name marked not critical where there is a subject',
    isBroken: (leaf) => !isEmptyName(leaf.subject) && isFlagged(leaf, OID.subjectAltName, false),
  },
  {
    clause: 'CA/B BR 7.1.4.3',
    on: ['leaf'],
    expected: 'one common name at most, and that a copy of an alternative name',
    isBroken: hasOwnCommonName,
  },
];

function hasOwnAuthorityKey({ authorityKeyIdentifier: authority, subjectKeyIdentifier: own }: Certificate): boolean {
  if (authority === undefined) return true;
  const { keyIdentifier, hasIssuerOrSerial } = authority;
  return !hasIssuerOrSerial && keyIdentifier !== undefined && own !== undefined && equalBytes(keyIdentifier, own);
}

/** Whether the common name says something that the alternative names do not. */
function hasOwnCommonName({ subject, subjectAltNames = [] }: Certificate): boolean {
  const [commonName, ...others] = attributeValues(subject, OID.commonName);
  if (commonName === undefined) return false;
  return others.length > 0 || !subjectAltNames.map(textOf).includes(commonName);
}

/** A name in the one text form that a common name may copy. */
function textOf(name: GeneralName): string | undefined {
  if (name.kind === 'ip') return formatIpAddress(name.value);
  return name.kind === 'dns' ? name.value : undefined;
}
