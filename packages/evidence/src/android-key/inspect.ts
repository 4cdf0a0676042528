/**
 * A description for people, as plain JSON and without any trust decision: nothing here is proven. The challenge, the key and
 * every identifier of device or user are left out, since a description ends up in tickets and logs.
 */

import { toHex } from '@assay/formats';
import { ANDROID_TOLERANCES, type Certificate, parseCertificate } from '@assay/x509';
import { keyAlgorithmName } from './key-algorithm.ts';
import {
  type AuthorizationList,
  KEY_DESCRIPTION_OID,
  type KeyDescription,
  parseKeyDescription,
} from './key-description/index.ts';
import { certificatesIssued } from './provisioning-info.ts';
import { shapeOf } from './shapes.ts';

export type Described =
  | string
  | number
  | boolean
  | null
  | readonly Described[]
  | { readonly [name: string]: Described };

export interface KeyAttestationDescription {
  readonly provisioning: string | null;
  readonly certificatesIssued: number | null;
  readonly certificates: readonly ChainCertificateDescription[];
  /** Null when certificate 0 carries no KeyDescription. */
  readonly keyDescription: Described;
}

export interface ChainCertificateDescription {
  readonly key: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly hasKeyDescription: boolean;
}

/**
 * Describes a key attestation chain, leaf first.
 *
 * @throws RequestError `android.key_description_malformed`, `der.*`, `x509.*` when it does not decode
 */
export function inspectKeyAttestation(chain: readonly Uint8Array[]): KeyAttestationDescription {
  const certificates = chain.map((der) => parseCertificate(der, { tolerate: ANDROID_TOLERANCES }));
  const extension = certificates[0]?.extensions.get(KEY_DESCRIPTION_OID);
  return {
    provisioning: shapeOf(certificates)?.provisioning ?? null,
    certificatesIssued: certificatesIssued(certificates[1]) ?? null,
    certificates: certificates.map(describeCertificate),
    keyDescription: extension ? describeKeyDescription(parseKeyDescription(extension.value)) : null,
  };
}

/** Serial numbers and subjects stay out: they name one device's attestation key. */
function describeCertificate({ key, notBefore, notAfter, extensions }: Certificate): ChainCertificateDescription {
  return {
    key: keyAlgorithmName(key),
    notBefore: new Date(notBefore).toISOString(),
    notAfter: new Date(notAfter).toISOString(),
    hasKeyDescription: extensions.has(KEY_DESCRIPTION_OID),
  };
}

function describeKeyDescription(description: KeyDescription): Described {
  const { challenge, softwareEnforced, hardwareEnforced, ...scalars } = description;
  return {
    ...describeMembers(scalars),
    challengeBytes: challenge.length,
    softwareEnforced: describeList(softwareEnforced),
    hardwareEnforced: describeList(hardwareEnforced),
  };
}

function describeList(list: AuthorizationList): Described {
  return describeMembers(list);
}

/** Members in the order read; bytes (digests of boot keys and modules) as hex, unreadable values as null. */
function describeMembers(members: object): { readonly [name: string]: Described } {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]: [string, unknown]) => [name, describeValue(value)]),
  );
}

function describeValue(value: unknown): Described {
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(describeValue);
  if (typeof value === 'object' && value !== null) return describeMembers(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
