import { createHash } from 'node:crypto';
import type { Clock, Random } from '@assay/core';
import { type CborMap, type CborValue, concat, der, encodeCbor, uint32, utf8 } from '@assay/formats';
import { createSerial, type TestAuthorities } from '../certificates/authorities.ts';
import { signDer, type TestKeys } from '../certificates/keys.ts';
import { extension, mintCertificate, NO_AUTHORITY, nameOf } from '../certificates/mint.ts';

/** What App Attest states about one key of one app. */
export interface AppAttestSpec {
  /** `TEAMID.bundle.id`. */
  readonly appId: string;
  readonly environment: 'production' | 'development';
  /** Apple's validation category (iOS 27): 3 development, 4 App Store. */
  readonly category: number;
  readonly bundleVersion: string;
}

export interface AppAttestContext {
  readonly issuers: TestAuthorities['apple'];
  readonly random: Random;
  readonly clock: Clock;
}

const AAGUIDS = { production: utf8('appattest\0\0\0\0\0\0\0'), development: utf8('appattestdevelop') };
const NONCE = '1.2.840.113635.100.8.2';
/** Attested data and extensions: what devices set, in assertions too. */
const FLAGS = 0xc0;
const RECEIPT = utf8('ASSAY TEST RECEIPT');
const DAY = 86_400_000;

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return createHash('sha256')
    .update(concat(...parts))
    .digest();
}

/** Key id of A: SHA-256 of its uncompressed point. */
export function keyIdOf({ point }: TestKeys): Uint8Array {
  return sha256(point);
}

/** The CBOR object of `attestKey(_:clientDataHash:)`. */
export function attestKey(
  spec: AppAttestSpec,
  keys: TestKeys,
  clientDataHash: Uint8Array,
  { issuers: [issuer], random, clock }: AppAttestContext,
): Uint8Array {
  const authData = concat(head(spec, 0), AAGUIDS[spec.environment], credential(keys), launchInfo(spec));
  const now = clock();
  const leaf = mintCertificate({
    ...{ issuer, spki: keys.spki, serial: createSerial(random), notBefore: now - DAY, notAfter: now + 2 * DAY },
    subject: nameOf({ commonName: 'ASSAY TEST App Attest key' }),
    extensions: [...NO_AUTHORITY, nonceExtension(sha256(authData, clientDataHash))],
  });
  const attStmt: CborMap = new Map<string, CborValue>([
    ['x5c', [leaf, issuer.certificate]],
    ['receipt', RECEIPT],
  ]);
  return encodeCbor(
    new Map<string, CborValue>([
      ['fmt', 'apple-appattest'],
      ['attStmt', attStmt],
      ['authData', authData],
    ]),
  );
}

/** The CBOR object of `generateAssertion(_:clientDataHash:)`. */
export function assertKey(
  spec: AppAttestSpec,
  keys: TestKeys,
  clientDataHash: Uint8Array,
  counter: number,
): Uint8Array {
  const authenticatorData = concat(head(spec, counter), launchInfo(spec));
  return encodeCbor(
    new Map<string, CborValue>([
      ['signature', signDer(sha256(authenticatorData, clientDataHash), keys)],
      ['authenticatorData', authenticatorData],
    ]),
  );
}

/** rpIdHash, flags, counter. */
function head({ appId }: AppAttestSpec, counter: number): Uint8Array {
  return concat(sha256(utf8(appId)), Uint8Array.of(FLAGS), uint32(counter));
}

/** Length, credential id and COSE key (RFC 9053 7.1.1: EC2, ES256, P-256, x, y). */
function credential(keys: TestKeys): Uint8Array {
  const id = keyIdOf(keys);
  const coseKey: CborMap = new Map<number, CborValue>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, keys.point.subarray(1, 33)],
    [-3, keys.point.subarray(33)],
  ]);
  return concat(Uint8Array.of(0, id.length), id, encodeCbor(coseKey));
}

/** The extension map of iOS 27; the category is a UInt32 in little-endian order. */
function launchInfo({ bundleVersion, category }: AppAttestSpec): Uint8Array {
  return encodeCbor(
    new Map<string, CborValue>([
      ['apple_bundle_version_01', bundleVersion],
      ['apple_validation_category_01', uint32(category).toReversed()],
    ]),
  );
}

function nonceExtension(nonce: Uint8Array): Uint8Array {
  return extension(NONCE, der.sequence(der.explicit(1, der.octets(nonce))));
}
