import { DerReader, TAG } from '@assay/formats';
import { malformed } from '../faults.ts';
import type { GeneralName } from '../general-names.ts';
import { OID } from '../oids.ts';
import { type AccessDescription, readAuthorityInfoAccess } from './authority-info-access.ts';
import { type BasicConstraints, readBasicConstraints } from './basic-constraints.ts';
import { readExtKeyUsage } from './ext-key-usage.ts';
import {
  type AuthorityKeyIdentifier,
  readAuthorityKeyIdentifier,
  readSubjectKeyIdentifier,
} from './key-identifiers.ts';
import { type KeyUsage, readKeyUsage } from './key-usage.ts';
import { type NameConstraints, readNameConstraints } from './name-constraints.ts';
import { readSubjectAltNames } from './subject-alt-name.ts';

/** An extension as it stands in a certificate or CRL; `value` is the content of extnValue. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export type Extensions = ReadonlyMap<string, Extension>;

/** The extensions that this package understands, decoded; undefined where absent. */
export interface KnownExtensions {
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  readonly extKeyUsage: readonly string[] | undefined;
  readonly subjectAltNames: readonly GeneralName[] | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  readonly authorityInfoAccess: readonly AccessDescription[] | undefined;
}

/** Reads Extensions (RFC 5280 4.1.2.9): one at least, none twice. */
export function readExtensions(list: DerReader, lenient: boolean): Extensions {
  const extensions = new Map<string, Extension>();
  do {
    const extension = readExtension(list.enter(TAG.SEQUENCE), lenient);
    if (extensions.has(extension.oid)) {
      throw malformed('x509.extension_duplicate', { clause: 'RFC 5280 4.2', found: extension.oid });
    }
    extensions.set(extension.oid, extension);
  } while (!list.isEmpty);
  return extensions;
}

function readExtension(fields: DerReader, lenient: boolean): Extension {
  const oid = fields.oid();
  const critical = fields.peek() === TAG.BOOLEAN && fields.boolean({ lenient });
  const value = fields.octetString();
  fields.end();
  return { oid, critical, value };
}

/** Decodes every known extension that is present. Raises FormatError, x509.extension_malformed. */
export function decodeKnown(extensions: Extensions, lenient: boolean): KnownExtensions {
  return {
    basicConstraints: decode(extensions, OID.basicConstraints, (reader) => readBasicConstraints(reader, lenient)),
    keyUsage: decode(extensions, OID.keyUsage, readKeyUsage),
    extKeyUsage: decode(extensions, OID.extKeyUsage, readExtKeyUsage),
    subjectAltNames: decode(extensions, OID.subjectAltName, readSubjectAltNames),
    nameConstraints: decode(extensions, OID.nameConstraints, readNameConstraints),
    subjectKeyIdentifier: decode(extensions, OID.subjectKeyIdentifier, readSubjectKeyIdentifier),
    authorityKeyIdentifier: decode(extensions, OID.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    authorityInfoAccess: decode(extensions, OID.authorityInfoAccess, readAuthorityInfoAccess),
  };
}

function decode<T>(extensions: Extensions, oid: string, read: (reader: DerReader) => T): T | undefined {
  const extension = extensions.get(oid);
  if (extension === undefined) return undefined;
  const reader = DerReader.of(extension.value);
  const value = read(reader);
  reader.end();
  return value;
}

export type { AccessDescription, AuthorityKeyIdentifier, BasicConstraints, KeyUsage, NameConstraints };
