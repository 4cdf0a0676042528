/** Makes App Attest evidence under test roots: genuine in form, and wrong in exactly the way that a test asks for. */
import { createHash, sign } from 'node:crypto';
import { type CborMap, type CborValue, concat, der, encodeCbor, uint32, utf8 } from '@assay/formats';
import type { AssertionInput, AttestationContext, AttestationInput } from '../../src/index.ts';
import {
  anchorOf,
  commonName,
  extension,
  generateKeys,
  type KeyPair,
  LEAF_EXTENSIONS,
  mintAuthority,
  mintCertificate,
  spkiOf,
} from './mint-certificate.ts';

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 10, 21);
export const APP_ID = 'TEAM123456.com.example.bank';
const PRODUCTION = utf8('appattest\0\0\0\0\0\0\0');

const YEARS = { notBefore: NOW - 400 * DAY, notAfter: NOW + 400 * DAY };

export const root = mintAuthority({ name: 'Test App Attestation Root', serial: 1n, issuer: undefined, ...YEARS });
export const intermediate = mintAuthority({ name: 'Test App Attestation CA 1', serial: 2n, issuer: root, ...YEARS });
export const device: KeyPair = generateKeys();
const attestationTrust = { attestation: [anchorOf('test-app-attestation-root', root.certificate)] };

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return createHash('sha256')
    .update(concat(...parts))
    .digest();
}

export function pointOf(keys: KeyPair): Uint8Array {
  return spkiOf(keys.publicKey).subarray(-65);
}

export function coseKeyOf(keys: KeyPair): CborMap {
  const point = pointOf(keys);
  return new Map<number, CborValue>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, point.subarray(1, 33)],
    [-3, point.subarray(33)],
  ]);
}

/** The extension map of iOS 27. */
export function launchMap(category: CborValue, bundleVersion: CborValue): CborMap {
  return new Map([
    ['apple_bundle_version_01', bundleVersion],
    ['apple_validation_category_01', category],
  ]);
}

export interface AuthenticatorSpec {
  readonly appId: string;
  readonly flags: number;
  readonly counter: number;
  readonly extensions: CborMap | undefined;
  /** Bytes after everything else. */
  readonly tail: Uint8Array;
}

const AUTHENTICATOR: AuthenticatorSpec = {
  appId: APP_ID,
  flags: 0x40,
  counter: 0,
  extensions: undefined,
  tail: new Uint8Array(),
};

function header(spec: AuthenticatorSpec): Uint8Array {
  return concat(sha256(utf8(spec.appId)), Uint8Array.of(spec.flags), uint32(spec.counter));
}

function trailer(spec: AuthenticatorSpec): Uint8Array {
  return concat(spec.extensions === undefined ? new Uint8Array() : encodeCbor(spec.extensions), spec.tail);
}

export interface AttestationSpec extends AuthenticatorSpec {
  readonly format: string;
  readonly aaguid: Uint8Array;
  readonly keys: KeyPair;
  readonly credentialId: Uint8Array | undefined;
  readonly coseKey: CborMap;
  readonly clientDataHash: Uint8Array;
  /** Replaces the nonce extension; an empty list leaves it out. */
  readonly nonceExtension: readonly Uint8Array[] | undefined;
  readonly leafExtensions: readonly Uint8Array[];
  readonly leafNotAfter: number;
  readonly leafIssuer: typeof intermediate;
  /** Replaces the chain, given leaf and intermediate. */
  readonly chain: (leaf: Uint8Array, intermediate: Uint8Array) => readonly Uint8Array[];
  /** Replaces the members of the object. */
  readonly members: (object: Map<string, CborValue>) => CborValue;
  /** Bytes after the object. */
  readonly objectTail: Uint8Array;
}

const ATTESTATION: AttestationSpec = {
  ...AUTHENTICATOR,
  format: 'apple-appattest',
  aaguid: PRODUCTION,
  keys: device,
  credentialId: undefined,
  coseKey: coseKeyOf(device),
  clientDataHash: sha256(utf8('challenge')),
  nonceExtension: undefined,
  leafExtensions: [],
  leafNotAfter: NOW + 2 * DAY,
  leafIssuer: intermediate,
  chain: (leaf, issuer) => [leaf, issuer],
  members: (object) => object,
  objectTail: new Uint8Array(),
};

export interface Attempt {
  readonly input: AttestationInput;
  readonly context: AttestationContext;
}

export function mintAttestation(changes: Partial<AttestationSpec> = {}): Attempt {
  const spec = { ...ATTESTATION, ...changes };
  const data = attestationData(spec);
  const object = new Map<string, CborValue>([
    ['fmt', spec.format],
    ['attStmt', attestationStatement(spec, data)],
    ['authData', data],
  ]);
  return {
    input: {
      attestationObject: concat(encodeCbor(spec.members(object)), spec.objectTail),
      keyId: keyIdOf(spec.keys),
      clientDataHash: ATTESTATION.clientDataHash,
      appIds: ['TEAM123456.com.example.other', APP_ID],
    },
    context: { trust: attestationTrust, at: NOW },
  };
}

export function keyIdOf(keys: KeyPair): Uint8Array {
  return sha256(pointOf(keys));
}

function attestationData(spec: AttestationSpec): Uint8Array {
  const credentialId = spec.credentialId ?? keyIdOf(spec.keys);
  return concat(
    header(spec),
    spec.aaguid,
    Uint8Array.of(credentialId.length >> 8, credentialId.length),
    credentialId,
    encodeCbor(spec.coseKey),
    trailer(spec),
  );
}

function attestationStatement(spec: AttestationSpec, data: Uint8Array): CborMap {
  const leaf = mintCertificate({
    subject: commonName('Test key'),
    publicKey: spec.keys.publicKey,
    issuer: spec.leafIssuer,
    serial: 3n,
    notBefore: NOW - DAY,
    notAfter: spec.leafNotAfter,
    extensions: [
      ...(spec.leafExtensions.length > 0 ? spec.leafExtensions : LEAF_EXTENSIONS),
      ...(spec.nonceExtension ?? [nonceExtension(sha256(data, spec.clientDataHash))]),
    ],
  });
  return new Map<string, CborValue>([
    ['x5c', [...spec.chain(leaf, spec.leafIssuer.certificate)]],
    ['receipt', utf8('receipt')],
  ]);
}

export function nonceExtension(nonce: Uint8Array): Uint8Array {
  return extension('1.2.840.113635.100.8.2', false, der.sequence(der.explicit(1, der.octets(nonce))));
}

export interface AssertionSpec extends AuthenticatorSpec {
  readonly keys: KeyPair;
  readonly clientDataHash: Uint8Array;
  readonly members: (object: Map<string, CborValue>) => CborValue;
  readonly objectTail: Uint8Array;
}

const ASSERTION: AssertionSpec = {
  ...AUTHENTICATOR,
  counter: 6,
  keys: device,
  clientDataHash: sha256(utf8('client data')),
  members: (object) => object,
  objectTail: new Uint8Array(),
};

export function mintAssertion(changes: Partial<AssertionSpec> = {}): AssertionInput {
  const spec = { ...ASSERTION, ...changes };
  const data = concat(header(spec), trailer(spec));
  const object = new Map<string, CborValue>([
    ['signature', sign('sha256', sha256(data, spec.clientDataHash), spec.keys.privateKey)],
    ['authenticatorData', data],
  ]);
  return {
    assertionObject: concat(encodeCbor(spec.members(object)), spec.objectTail),
    clientDataHash: ASSERTION.clientDataHash,
    appIds: [APP_ID],
    publicKey: device.publicKey,
    storedCounter: 5,
  };
}
