import { der } from '@assay/formats';
import type { CertificateRecipe, Template } from '../recipe.ts';
import { unforgeable } from './fault.ts';
import { fillTemplate } from './hosts.ts';
import { addressName, dnsName } from './names.ts';
import { OID } from './oids.ts';
import type { Party } from './party.ts';

/** What extensions are written from: a recipe with its defaults, for this host and these two parties. */
export interface ExtensionOrder {
  readonly recipe: CertificateRecipe;
  readonly host: string;
  readonly subject: Party;
  readonly issuer: Party;
}

/** Whole extensions in the order of the table, without those that logs do not see: poison and timestamps. */
export function extensionsOf(order: ExtensionOrder): readonly Uint8Array[] {
  return WRITERS.flatMap((write) => write(order) ?? []);
}

export function extension(oid: Uint8Array, value: Uint8Array, { critical = false } = {}): Uint8Array {
  return critical ? der.sequence(oid, TRUE, der.octets(value)) : der.sequence(oid, der.octets(value));
}

const TRUE = der.boolean(true);
const CRITICAL = { critical: true };
const NULL = der.null();

/** RFC 6962 3.1. */
export const POISON = extension(OID.poison, NULL, CRITICAL);

type Writer = (order: ExtensionOrder) => Uint8Array | undefined;

const WRITERS: readonly Writer[] = [
  writeBasicConstraints,
  writeKeyUsage,
  writeExtKeyUsage,
  ({ subject }) => extension(OID.subjectKeyIdentifier, der.octets(subject.keyId)),
  ({ issuer }) => extension(OID.authorityKeyIdentifier, der.sequence(der.raw(0x80, issuer.keyId))),
  writeAltNames,
  writeNameConstraints,
  ({ recipe }) => (recipe.mustStaple === true ? MUST_STAPLE : undefined),
  ({ recipe }) => recipe.unknownExtension && UNKNOWN[recipe.unknownExtension],
];

const STATUS_REQUEST = 5;
/** RFC 7633 4. */
const MUST_STAPLE = extension(OID.tlsFeature, der.sequence(der.integer(STATUS_REQUEST)));

const UNKNOWN = {
  critical: extension(OID.unknownExtension, NULL, CRITICAL),
  plain: extension(OID.unknownExtension, NULL),
};

/** RFC 5280 4.2.1.9. */
function writeBasicConstraints({ recipe: { basicConstraints = 'absent', pathLength } }: ExtensionOrder) {
  if (basicConstraints === 'absent') return undefined;
  const isCa = basicConstraints === 'ca' ? [TRUE] : [];
  const limit = pathLength === undefined ? [] : [der.integer(wholeNumber('pathLength', pathLength))];
  return extension(OID.basicConstraints, der.sequence(...isCa, ...limit), CRITICAL);
}

/** RFC 5280 4.2.1.3: bits by number, from the left. */
const KEY_USAGE = { digitalSignature: 0, keyEncipherment: 2, keyCertSign: 5, cRLSign: 6 } as const;

function writeKeyUsage({ recipe: { keyUsage = 'absent' } }: ExtensionOrder) {
  if (keyUsage === 'absent') return undefined;
  const octet = keyUsage.reduce((sum, usage) => sum | (0x80 >> KEY_USAGE[usage]), 0);
  // A BIT STRING with named bits ends at its last one (X.690 11.2.2).
  const unused = octet === 0 ? 0 : 31 - Math.clz32(octet & -octet);
  const bits = octet === 0 ? der.bits(new Uint8Array(0)) : der.bits(Uint8Array.of(octet), unused);
  return extension(OID.keyUsage, bits, CRITICAL);
}

const PURPOSES = {
  serverAuth: OID.serverAuth,
  clientAuth: OID.clientAuth,
  codeSigning: OID.codeSigning,
  ocspSigning: OID.ocspSigning,
  any: OID.any,
} as const;

function writeExtKeyUsage({ recipe: { extKeyUsage = 'absent', extKeyUsageCritical = false } }: ExtensionOrder) {
  if (extKeyUsage === 'absent') return undefined;
  const purposes = der.sequence(...extKeyUsage.map((purpose) => PURPOSES[purpose]));
  return extension(OID.extKeyUsage, purposes, { critical: extKeyUsageCritical });
}

const EMPTY_NAME_OCTETS = 2;

/** RFC 5280 4.2.1.6: critical where the subject is empty. */
function writeAltNames({ recipe, host, subject }: ExtensionOrder) {
  const names = [
    ...(recipe.names ?? []).map((name) => dnsName(fillTemplate(name, host))),
    ...(recipe.addresses ?? []).map(addressName),
    ...further(recipe.furtherNames, 'furtherNames').map(dnsName),
  ];
  if (names.length === 0) return undefined;
  const critical = subject.name.length === EMPTY_NAME_OCTETS;
  return extension(OID.subjectAltName, der.sequence(...names), { critical });
}

/** RFC 5280 4.2.1.10. */
function writeNameConstraints({ recipe, host }: ExtensionOrder) {
  const filled = (names: readonly Template[] = []) => names.map((name) => fillTemplate(name, host));
  const permitted = filled(recipe.permitted);
  const excluded = [...filled(recipe.excluded), ...further(recipe.furtherExcluded, 'furtherExcluded')];
  if (permitted.length + excluded.length === 0) return undefined;
  return extension(OID.nameConstraints, der.sequence(...subtrees(0, permitted), ...subtrees(1, excluded)), CRITICAL);
}

function subtrees(tag: number, names: readonly string[]): readonly Uint8Array[] {
  return names.length === 0 ? [] : [der.explicit(tag, ...names.map((name) => der.sequence(dnsName(name))))];
}

/** More names than these make a Certificate message that TLS cannot hold with many strangers beside it. */
const MOST_FURTHER = 100_000;

function further(count = 0, member: string): readonly string[] {
  if (wholeNumber(member, count) > MOST_FURTHER) throw unforgeable(member, `${count}`);
  return Array.from({ length: count }, (_, index) => `further-${index + 1}.invalid`);
}

export function wholeNumber(member: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw unforgeable(member, `${value}`);
  return value;
}
