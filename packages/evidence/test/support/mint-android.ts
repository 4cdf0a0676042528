/** Makes key attestation chains under a test root: genuine in form, and wrong in exactly the way that a test asks for. */
import { type CborValue, concat, der, encodeCbor, utf8 } from '@assay/formats';
import type { TrustAnchor } from '@assay/x509';
import type { KeyAttestationContext, KeyAttestationInput } from '../../src/android-key/index.ts';
import {
  AUTHORITY_EXTENSIONS,
  anchorOf,
  extension,
  generateKeys,
  type Issuer,
  type KeyPair,
  mintCertificate,
} from './mint-certificate.ts';

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 10, 21);
export const PACKAGE = 'com.example.bank';
export const SIGNER = 'ab'.repeat(32);
export const CHALLENGE = utf8('om4FPL22tk8zR0xZZFVfkqstl3sWtS37g3ykcKpRc9Q');

export interface MintedAuthority extends Issuer {
  readonly certificate: Uint8Array;
}

export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

const YEARS: Validity = { notBefore: NOW - 400 * DAY, notAfter: NOW + 400 * DAY };
const EXPIRED: Validity = { notBefore: NOW - 400 * DAY, notAfter: NOW - 300 * DAY };
const WEEKS: Validity = { notBefore: NOW - 7 * DAY, notAfter: NOW + 21 * DAY };

const COMMON_NAME = '2.5.4.3';
const SERIAL_NUMBER = '2.5.4.5';
const ORGANIZATION = '2.5.4.10';

export function nameOf(...attributes: readonly (readonly [oid: string, value: string])[]): Uint8Array {
  return der.sequence(...attributes.map(([oid, value]) => der.set(der.sequence(der.oid(oid), der.utf8(value)))));
}

let serials = 0x1000n;

export function mintIssuer(
  subject: Uint8Array,
  issuer: Issuer | undefined,
  { notBefore, notAfter }: Validity,
  extensions: readonly Uint8Array[] = AUTHORITY_EXTENSIONS,
): MintedAuthority {
  const self: Issuer = { name: subject, keys: generateKeys() };
  serials += 1n;
  const certificate = mintCertificate({
    subject,
    publicKey: self.keys.publicKey,
    issuer: issuer ?? self,
    serial: serials,
    notBefore,
    notAfter,
    extensions,
  });
  return { ...self, certificate };
}

const numbered = (serial: string): Uint8Array => nameOf([SERIAL_NUMBER, serial], ['2.5.4.12', 'TEE']);
const droid = (name: string): Uint8Array => nameOf([COMMON_NAME, name], [ORGANIZATION, 'Google LLC']);

/** Provisioning info as CBOR, straight in the extension. */
export function provisioningInfo(value: CborValue): Uint8Array {
  return extension('1.3.6.1.4.1.11129.2.1.30', false, encodeCbor(value));
}

/** Attestation certificates of genuine devices are no authorities. */
const ATTESTER_EXTENSIONS = [extension('2.5.29.19', true, der.sequence())];

const environment = nameOf([COMMON_NAME, '0123456789abcdef'], [ORGANIZATION, 'TEE']);

const rootName = nameOf([SERIAL_NUMBER, '0123456789abcdef']);
export const root = mintIssuer(rootName, undefined, EXPIRED);
/** The trusted name with another key. */
export const lookalike = mintIssuer(rootName, undefined, YEARS);

function mintFactory(above: Issuer, validity: Validity): readonly MintedAuthority[] {
  const intermediate = mintIssuer(numbered('aa01'), above, validity);
  return [mintIssuer(numbered('aa02'), intermediate, validity, ATTESTER_EXTENSIONS), intermediate];
}

export function mintRkp(validity: Validity, info: readonly Uint8Array[]): readonly MintedAuthority[] {
  const ca2 = mintIssuer(droid('Droid CA2'), root, YEARS);
  const ca3 = mintIssuer(droid('Droid CA3'), ca2, validity);
  return [mintIssuer(environment, ca3, validity, [...ATTESTER_EXTENSIONS, ...info]), ca3, ca2];
}

/** Issuers of each shape, the attestation certificate first; the root is not among them. */
export const ISSUERS = {
  factory: mintFactory(root, YEARS),
  factoryExpired: mintFactory(root, EXPIRED),
  factoryOfLookalike: mintFactory(lookalike, YEARS),
  rkp: mintRkp(WEEKS, [provisioningInfo(new Map([[1, 64]]))]),
  rkpExpired: mintRkp(EXPIRED, []),
  software: [mintIssuer(nameOf([COMMON_NAME, 'Software Attestation']), root, YEARS)],
} as const;

export const hardwareAnchor: TrustAnchor = { ...anchorOf('test-hardware-root', root.certificate), kind: 'hardware' };
export const softwareAnchor: TrustAnchor = { ...anchorOf('test-software-root', root.certificate), kind: 'software' };

/** A tag of an AuthorizationList with its value as DER. */
export type Authorization = readonly [tag: number, value: Uint8Array];

const integers = (...values: readonly number[]): Uint8Array => der.set(...values.map((value) => der.integer(value)));

export interface BootSpec {
  readonly key: Uint8Array;
  /** One octet: genuine devices also write 0x01. */
  readonly locked: number;
  readonly state: number;
}

export const BOOT: BootSpec = { key: new Uint8Array(32).fill(7), locked: 0xff, state: 0 };

export function rootOfTrust(changes: Partial<BootSpec> = {}): Authorization {
  const { key, locked, state } = { ...BOOT, ...changes };
  const fields = [der.octets(key), der.raw(0x01, Uint8Array.of(locked)), der.enumerated(state)];
  return [704, der.sequence(...fields, der.octets(new Uint8Array(32)))];
}

export function applicationId(packages: readonly string[], signers: readonly string[], version = 42): Authorization {
  const names = packages.map((name) => der.sequence(der.octets(utf8(name)), der.integer(version)));
  const digests = signers.map((signer) => der.octets(Buffer.from(signer, 'hex')));
  return [709, der.octets(der.sequence(der.set(...names), der.set(...digests)))];
}

export const HARDWARE: readonly Authorization[] = [
  [1, integers(2)],
  [2, der.integer(3)],
  [3, der.integer(256)],
  [5, integers(4)],
  [10, der.integer(1)],
  [503, der.null()],
  [702, der.integer(0)],
  rootOfTrust(),
  [705, der.integer(160_000)],
  [706, der.integer(202_610)],
  [710, der.octets(utf8('example'))],
  [717, der.octets(utf8('Phone 1'))],
  [718, der.integer(20_261_005)],
  [719, der.integer(20_261_001)],
];

export const SOFTWARE: readonly Authorization[] = [[701, der.integer(NOW)], applicationId([PACKAGE], [SIGNER])];

/** The list with some tags replaced or added; an undefined value takes the tag out. */
export function changed(
  list: readonly Authorization[],
  ...changes: readonly (readonly [tag: number, value: Uint8Array | undefined])[]
): readonly Authorization[] {
  const touched = new Set(changes.map(([tag]) => tag));
  const added = changes.flatMap(([tag, value]): Authorization[] => (value === undefined ? [] : [[tag, value]]));
  return [...list.filter(([tag]) => !touched.has(tag)), ...added].sort(([a], [b]) => a - b);
}

export interface DescriptionSpec {
  readonly version: number;
  readonly keyMintVersion: number;
  readonly attestationLevel: number;
  readonly keyMintLevel: number;
  readonly challenge: Uint8Array;
  readonly uniqueId: Uint8Array;
  readonly software: readonly Authorization[];
  readonly hardware: readonly Authorization[];
  /** After the two lists, inside the SEQUENCE. */
  readonly tail: Uint8Array;
}

const DESCRIPTION: DescriptionSpec = {
  version: 400,
  keyMintVersion: 400,
  attestationLevel: 1,
  keyMintLevel: 1,
  challenge: CHALLENGE,
  uniqueId: new Uint8Array(),
  software: SOFTWARE,
  hardware: HARDWARE,
  tail: new Uint8Array(),
};

export function mintDescription(changes: Partial<DescriptionSpec> = {}): Uint8Array {
  const spec = { ...DESCRIPTION, ...changes };
  return der.sequence(
    der.integer(spec.version),
    der.enumerated(spec.attestationLevel),
    der.integer(spec.keyMintVersion),
    der.enumerated(spec.keyMintLevel),
    der.octets(spec.challenge),
    der.octets(spec.uniqueId),
    listOf(spec.software),
    listOf(spec.hardware),
    spec.tail,
  );
}

function listOf(tags: readonly Authorization[]): Uint8Array {
  return der.sequence(...tags.map(([tag, value]) => der.explicit(tag, value)));
}

/** The extension that carries a KeyDescription. */
export function describing(description: Uint8Array): Uint8Array {
  return extension('1.3.6.1.4.1.11129.2.1.17', false, description);
}

/** The attested key of every chain that names no other. */
export const device: KeyPair = generateKeys();

export interface ChainSpec extends DescriptionSpec {
  readonly issuers: readonly MintedAuthority[];
  readonly keys: KeyPair;
  /** Replaces the leaf's extensions. */
  readonly leafExtensions: readonly Uint8Array[] | undefined;
  /** Replaces the chain as presented, given leaf, issuers and root. */
  readonly chain: (certificates: readonly Uint8Array[]) => readonly Uint8Array[];
}

const CHAIN: ChainSpec = {
  ...DESCRIPTION,
  issuers: ISSUERS.factory,
  keys: device,
  leafExtensions: undefined,
  chain: (certificates) => certificates,
};

const leafName = nameOf([COMMON_NAME, 'Android Keystore Key']);

/** Leaf first, root last. The leaf's dates are the epoch, as keystores write them. */
export function mintChain(changes: Partial<ChainSpec> = {}): readonly Uint8Array[] {
  const spec = { ...CHAIN, ...changes };
  const [attester] = spec.issuers;
  if (attester === undefined) throw new Error('a chain needs an issuer');
  const leaf = mintCertificate({
    subject: leafName,
    publicKey: spec.keys.publicKey,
    issuer: attester,
    serial: 1n,
    notBefore: 0,
    notAfter: 0,
    extensions: spec.leafExtensions ?? [describing(mintDescription(spec))],
  });
  return spec.chain([leaf, ...spec.issuers.map(({ certificate }) => certificate), root.certificate]);
}

export interface Attempt {
  readonly input: KeyAttestationInput;
  readonly context: KeyAttestationContext;
}

/** A chain with what the server knows: the expected app and challenge, and the test root. */
export function mintKeyAttestation(changes: Partial<ChainSpec> = {}): Attempt {
  return {
    input: {
      chain: mintChain(changes),
      challenge: CHALLENGE,
      apps: [{ package: 'com.example.other' }, { package: PACKAGE, digests: [SIGNER] }],
    },
    context: { trust: { anchors: [hardwareAnchor] }, at: NOW },
  };
}

/**
 * The chain-extension attack: an app has a signing key attested, and signs with it a certificate for a key of its own, with a
 * KeyDescription of its own choice or none.
 */
export function mintExtendedChain(invented: Uint8Array | undefined): readonly Uint8Array[] {
  const attested = generateKeys();
  const forged = mintCertificate({
    subject: leafName,
    publicKey: device.publicKey,
    issuer: { name: leafName, keys: attested },
    serial: 1n,
    notBefore: 0,
    notAfter: 0,
    extensions: invented === undefined ? ATTESTER_EXTENSIONS : [describing(invented)],
  });
  return [forged, ...mintChain({ keys: attested })];
}

/** One octet of a byte string with its lowest bit turned. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = concat(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
