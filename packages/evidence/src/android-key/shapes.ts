import type { Provisioning } from '@assay/core';
import {
  attributeValues,
  type Certificate,
  GOOGLE_FACTORY,
  GOOGLE_RKP,
  GOOGLE_SOFTWARE,
  isSelfIssued,
  type Name,
  type Profile,
} from '@assay/x509';

/** What the subject of one place on a chain must be. */
interface Place {
  readonly description: string;
  readonly fits: (subject: Name) => boolean;
}

/** One way in which devices get their attestation key, and the chain that follows from it. */
interface ShapeRow {
  readonly provisioning: Provisioning;
  /** From the certificate under the root down to the leaf. Nothing may follow. */
  readonly places: readonly Place[];
  /** How many certificates, leaf first, belong to one phone: no other chain will ever bring them. */
  readonly own: number;
  readonly profile: Profile;
}

/** A chain that has one of the known shapes. */
export interface ChainShape extends Omit<ShapeRow, 'places'> {
  /** Leaf first, without the root. */
  readonly path: readonly Certificate[];
  /** The root as presented: a hint, and a serial to look up. */
  readonly presentedRoot: Certificate | undefined;
}

const OID = { commonName: '2.5.4.3', serialNumber: '2.5.4.5', organization: '2.5.4.10' } as const;

const anyone: Place = { description: 'any', fits: () => true };

const numbered: Place = {
  description: 'a serialNumber',
  fits: (subject) => attributeValues(subject, OID.serialNumber).length > 0,
};

function droid(commonName: string): Place {
  return {
    description: `${commonName}, Google LLC`,
    fits: (subject) =>
      isOnly(subject, OID.commonName, [commonName]) && isOnly(subject, OID.organization, ['Google LLC']),
  };
}

const environment: Place = {
  description: 'O=TEE or StrongBox',
  fits: (subject) => isOnly(subject, OID.organization, ['TEE', 'StrongBox']),
};

/** Every shape. They differ in length or in the names that Google's own certificates carry, so at most one fits. */
const SHAPES: readonly ShapeRow[] = [
  { provisioning: 'factory', places: [numbered, anyone, anyone], own: 1, profile: GOOGLE_FACTORY },
  {
    provisioning: 'rkp',
    places: [droid('Droid CA2'), droid('Droid CA3'), environment, anyone],
    own: 2,
    profile: GOOGLE_RKP,
  },
  { provisioning: 'software', places: [anyone, anyone], own: 1, profile: GOOGLE_SOFTWARE },
];

/** The shape of a chain (leaf first), or undefined. A last certificate that issued itself is the root. */
export function shapeOf(chain: readonly Certificate[]): ChainShape | undefined {
  const last = chain.at(-1);
  const presentedRoot = last && isSelfIssued(last) ? last : undefined;
  const path = presentedRoot ? chain.slice(0, -1) : chain;
  const row = SHAPES.find(({ places }) => isShaped(path, places));
  return row && { provisioning: row.provisioning, own: row.own, profile: row.profile, path, presentedRoot };
}

/** The shapes in words, for operators. */
export function describeShapes(): string {
  return SHAPES.map(({ provisioning, places }) => {
    return `${provisioning}: root > ${places.map(({ description }) => description).join(' > ')}`;
  }).join('; ');
}

function isShaped(path: readonly Certificate[], places: readonly Place[]): boolean {
  if (path.length !== places.length) return false;
  return path.every(({ subject }, index) => places[places.length - 1 - index]?.fits(subject) === true);
}

function isOnly(subject: Name, oid: string, allowed: readonly string[]): boolean {
  const values = attributeValues(subject, oid);
  return values.length === 1 && values.every((value) => allowed.includes(value));
}
