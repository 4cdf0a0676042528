import { generateKeyPairSync, hash, type KeyObject, sign } from 'node:crypto';
import { der } from '@assay/formats';
import { anchorOf, type Certificate, parseCertificate, type TrustAnchor } from '@assay/x509';
import { OID } from '../../src/oids.ts';

/** The time at which everything minted here is valid. */
export const NOW = Date.UTC(2026, 10, 21);
export const DAY = 86_400_000;

export interface Keys {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface Extension {
  readonly critical?: boolean;
  readonly value: Uint8Array;
}

/** What a certificate differs in from a good one of its kind. */
export interface Spec {
  readonly name?: string;
  readonly subject?: Uint8Array;
  readonly issuerName?: Uint8Array;
  readonly keys?: Keys;
  readonly spki?: Uint8Array;
  readonly serial?: Uint8Array;
  readonly notBefore?: number;
  readonly notAfter?: number;
  /** The whole Validity, instead of the two dates. */
  readonly validity?: Uint8Array;
  readonly version?: 1 | 2 | 3;
  /** Replaces extensions by OID; undefined takes one away. */
  readonly extensions?: Readonly<Record<string, Extension | undefined>>;
  /** Elements to stand after the extensions made from the map. */
  readonly rawExtensions?: readonly Uint8Array[];
  /** AlgorithmIdentifier inside the signed part, and outside when `outerAlgorithm` is not given. */
  readonly algorithm?: Uint8Array;
  readonly outerAlgorithm?: Uint8Array;
  readonly hash?: string;
  readonly tamper?: boolean;
}

export interface Minted {
  readonly der: Uint8Array;
  readonly keys: Keys;
  readonly subject: Uint8Array;
  readonly keyId: Uint8Array;
}

export function ecKeys(namedCurve = 'P-256'): Keys {
  return generateKeyPairSync('ec', { namedCurve });
}

export const rsaKeys: (modulusLength: number, publicExponent?: number) => Keys = (
  modulusLength,
  publicExponent = 65537,
) => generateKeyPairSync('rsa', { modulusLength, publicExponent });

export function algorithmId(oid: string, ...parameters: Uint8Array[]): Uint8Array {
  return der.sequence(der.oid(oid), ...parameters);
}

export function commonName(text: string): Uint8Array {
  return der.sequence(der.set(der.sequence(der.oid(OID.commonName), der.utf8(text))));
}

/** Members of extensions, for use in a Spec. */
export const ext = {
  basicConstraints: (ca: boolean, pathLength?: number): Extension => ({
    critical: true,
    value: der.sequence(
      ...(ca ? [der.boolean(true)] : []),
      ...(pathLength === undefined ? [] : [der.integer(pathLength)]),
    ),
  }),
  /** Bits by number: 0 digitalSignature, 5 keyCertSign, 6 cRLSign. */
  keyUsage: (...bits: number[]): Extension => {
    const octet = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
    const unused = octet === 0 ? 0 : 31 - Math.clz32(octet & -octet);
    return { critical: true, value: der.raw(0x03, Uint8Array.of(unused, octet)) };
  },
  extKeyUsage: (...oids: string[]): Extension => ({ value: der.sequence(...oids.map((oid) => der.oid(oid))) }),
  names: (...names: Uint8Array[]): Extension => ({ value: der.sequence(...names) }),
  nameConstraints: (permitted: Uint8Array[], excluded: Uint8Array[]): Extension => ({
    critical: true,
    value: der.sequence(...subtrees(0xa0, permitted), ...subtrees(0xa1, excluded)),
  }),
  subjectKey: (keyId: Uint8Array): Extension => ({ value: der.octets(keyId) }),
  authorityKey: (keyId: Uint8Array): Extension => ({ value: der.sequence(der.raw(0x80, keyId)) }),
};

function subtrees(tag: number, bases: readonly Uint8Array[]): Uint8Array[] {
  return bases.length === 0 ? [] : [der.raw(tag, Buffer.concat(bases.map((base) => der.sequence(base))))];
}

/** Takes every extension away that a minted certificate would have. */
export const NO_EXTENSIONS: Spec = {
  extensions: Object.fromEntries(Object.values(OID).map((oid) => [oid, undefined])),
};

/** GeneralNames. */
export const name = {
  dns: (text: string): Uint8Array => der.raw(0x82, Buffer.from(text)),
  email: (text: string): Uint8Array => der.raw(0x81, Buffer.from(text)),
  uri: (text: string): Uint8Array => der.raw(0x86, Buffer.from(text)),
  ip: (...octets: number[]): Uint8Array => der.raw(0x87, Uint8Array.from(octets)),
  directory: (subject: Uint8Array): Uint8Array => der.raw(0xa4, subject),
};

export function mintRoot(spec: Spec = {}): Minted {
  return mint(undefined, { name: 'Test Root', ...spec }, authority);
}

export function mintIntermediate(issuer: Minted, spec: Spec = {}): Minted {
  return mint(issuer, { name: 'Test Intermediate', ...spec }, authority);
}

/** A server certificate for `www.example.test`, which is also its common name. */
export function mintLeaf(issuer: Minted, spec: Spec = {}): Minted {
  return mint(issuer, { name: 'www.example.test', ...spec }, server);
}

type Defaults = (own: Uint8Array, issuer: Uint8Array | undefined) => Record<string, Extension | undefined>;

const authority: Defaults = (own, issuer) => ({
  [OID.basicConstraints]: ext.basicConstraints(true),
  [OID.keyUsage]: ext.keyUsage(5, 6),
  [OID.subjectKeyIdentifier]: ext.subjectKey(own),
  [OID.authorityKeyIdentifier]: issuer && ext.authorityKey(issuer),
});

const server: Defaults = (own, issuer) => ({
  [OID.keyUsage]: ext.keyUsage(0),
  [OID.extKeyUsage]: ext.extKeyUsage(OID.serverAuth),
  [OID.subjectKeyIdentifier]: ext.subjectKey(own),
  [OID.authorityKeyIdentifier]: issuer && ext.authorityKey(issuer),
  [OID.subjectAltName]: ext.names(name.dns('www.example.test')),
});

function mint(issuer: Minted | undefined, spec: Spec, defaults: Defaults): Minted {
  const keys = spec.keys ?? ecKeys();
  const spki = spec.spki ?? new Uint8Array(keys.publicKey.export({ format: 'der', type: 'spki' }));
  const keyId = new Uint8Array(hash('sha1', spki, 'buffer'));
  const subject = spec.subject ?? commonName(spec.name ?? 'Test');
  const signer = issuer?.keys ?? keys;
  const algorithm = spec.algorithm ?? algorithmFor(signer);
  const tbs = der.sequence(
    ...(spec.version === 1 ? [] : [der.explicit(0, der.integer((spec.version ?? 3) - 1))]),
    der.raw(0x02, spec.serial ?? Uint8Array.of(0x11, ...keyId.subarray(0, 8))),
    algorithm,
    spec.issuerName ?? issuer?.subject ?? subject,
    spec.validity ?? der.sequence(der.utcTime(spec.notBefore ?? NOW - DAY), der.utcTime(spec.notAfter ?? NOW + DAY)),
    subject,
    spki,
    ...extensionsOf({ ...defaults(keyId, issuer?.keyId), ...spec.extensions }, spec.rawExtensions),
  );
  const signature = sign(spec.hash ?? 'sha256', tbs, signer.privateKey);
  if (spec.tamper) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  return { der: der.sequence(tbs, spec.outerAlgorithm ?? algorithm, der.bits(signature)), keys, subject, keyId };
}

function algorithmFor({ publicKey }: Keys): Uint8Array {
  return publicKey.asymmetricKeyType === 'rsa' ? algorithmId(OID.rsaSha256, der.null()) : algorithmId(OID.ecdsaSha256);
}

function extensionsOf(
  map: Readonly<Record<string, Extension | undefined>>,
  raw: readonly Uint8Array[] = [],
): Uint8Array[] {
  const parts = Object.entries(map).flatMap(([oid, extension]) => (extension ? [extensionDer(oid, extension)] : []));
  const all = [...parts, ...raw];
  return all.length === 0 ? [] : [der.explicit(3, der.sequence(...all))];
}

export function extensionDer(oid: string, { critical = false, value }: Extension): Uint8Array {
  return der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octets(value));
}

export interface CrlSpec {
  readonly serials?: readonly Uint8Array[];
  readonly entryExtensions?: readonly Uint8Array[];
  readonly thisUpdate?: number;
  readonly nextUpdate?: number | null;
  readonly extensions?: readonly Uint8Array[];
  readonly keys?: Keys;
  readonly version?: number;
  readonly outerAlgorithm?: Uint8Array;
}

/** A revocation list of `issuer`. */
export function mintCrl(issuer: Minted, spec: CrlSpec = {}): Uint8Array {
  const algorithm = algorithmFor(issuer.keys);
  const entries = (spec.serials ?? []).map((serial) =>
    der.sequence(der.raw(0x02, serial), der.utcTime(NOW - DAY), ...entryTail(spec.entryExtensions)),
  );
  const tbs = der.sequence(
    der.integer(spec.version ?? 1),
    algorithm,
    issuer.subject,
    der.utcTime(spec.thisUpdate ?? NOW - DAY),
    ...(spec.nextUpdate === null ? [] : [der.utcTime(spec.nextUpdate ?? NOW + DAY)]),
    ...(entries.length === 0 ? [] : [der.sequence(...entries)]),
    ...crlTail(spec.extensions ?? [extensionDer(OID.crlNumber, { value: der.integer(1) })]),
  );
  const signature = sign('sha256', tbs, (spec.keys ?? issuer.keys).privateKey);
  return der.sequence(tbs, spec.outerAlgorithm ?? algorithm, der.bits(signature));
}

function entryTail(extensions: readonly Uint8Array[] | undefined): Uint8Array[] {
  return extensions ? [der.sequence(...extensions)] : [];
}

function crlTail(extensions: readonly Uint8Array[]): Uint8Array[] {
  return extensions.length === 0 ? [] : [der.explicit(0, der.sequence(...extensions))];
}

export function parsed(minted: Minted): Certificate {
  return parseCertificate(minted.der);
}

export function anchor(minted: Minted, id = 'test-root'): TrustAnchor {
  return anchorOf(parsed(minted), { id, source: 'made by a test', date: '2026-11-21' });
}
