/** Makes system integrity results under test roots: genuine in form, and wrong in exactly the way that a test asks for. */
import { constants, createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { der, type JsonObject, toBase64, toBase64url, toPem, utf8 } from '@assay/formats';
import { loadAnchor, type TrustAnchor } from '@assay/x509';
import type { HuaweiFlavour, SysIntegrityContext, SysIntegrityInput } from '../../src/huawei/index.ts';
import { AUTHORITY_EXTENSIONS, commonName, extension, LEAF_EXTENSIONS } from './mint-certificate.ts';

export const DAY = 86_400_000;
export const NOW: number = Date.UTC(2026, 10, 21);
export const PACKAGE = 'com.example.bank';
export const SIGNER = 'ab'.repeat(32);
export const APP_ID = '100200300';
export const NONCE: Uint8Array = utf8('om4FPL22tk8zR0xZZFVfkqstl3sWtS37g3ykcKpRc9Q');
export const HOST = 'sysintegrity.platform.hicloud.com';

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export const rsaKeys = (): KeyPair => generateKeyPairSync('rsa', { modulusLength: 2048 });
export const ecKeys = (namedCurve = 'prime256v1'): KeyPair => generateKeyPairSync('ec', { namedCurve });

interface CertificateSpec {
  readonly subject: Uint8Array;
  readonly keys: KeyPair;
  readonly issuer: { readonly subject: Uint8Array; readonly keys: KeyPair } | undefined;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly extensions: readonly Uint8Array[];
}

export interface Minted extends CertificateSpec {
  readonly certificate: Uint8Array;
}

const OIDS: Readonly<Record<string, Uint8Array>> = {
  ec: der.sequence(der.oid('1.2.840.10045.4.3.2')),
  rsa: der.sequence(der.oid('1.2.840.113549.1.1.11'), der.null()),
};
const VALID = { notBefore: NOW - 400 * DAY, notAfter: NOW + 400 * DAY };

let serials = 0x2000n;

export function mint(spec: Partial<CertificateSpec> & Pick<CertificateSpec, 'subject' | 'keys'>): Minted {
  const full = { issuer: undefined, extensions: AUTHORITY_EXTENSIONS, ...VALID, ...spec };
  const { subject, keys } = full.issuer ?? full;
  const algorithm = OIDS[keys.privateKey.asymmetricKeyType ?? ''];
  if (algorithm === undefined) throw new TypeError('a key that certificates are not signed with here');
  serials += 1n;
  const tbs = der.sequence(
    der.explicit(0, der.integer(2n)),
    der.integer(serials),
    algorithm,
    subject,
    der.sequence(der.utcTime(full.notBefore), der.utcTime(full.notAfter)),
    full.subject,
    full.keys.publicKey.export({ format: 'der', type: 'spki' }),
    der.explicit(3, der.sequence(...full.extensions)),
  );
  return { ...full, certificate: der.sequence(tbs, algorithm, der.bits(sign('sha256', tbs, keys.privateKey))) };
}

/** subjectAltName with these DNS names. */
function altNames(...names: readonly string[]): Uint8Array {
  return extension('2.5.29.17', false, der.sequence(...names.map((name) => der.raw(0x82, utf8(name)))));
}

/** What a service has: leaf, authority, root. */
export interface Service {
  readonly leaf: Minted;
  readonly authority: Minted;
  readonly root: Minted;
}

/** The leaf that signs, below an authority; with changes, a leaf that differs from it in one point. */
export function mintLeaf(
  authority: Minted,
  keys: KeyPair,
  changes: Partial<CertificateSpec> & { readonly names?: readonly string[] } = {},
): Minted {
  const { names = [HOST], ...spec } = changes;
  const extensions = names.length === 0 ? LEAF_EXTENSIONS : [...LEAF_EXTENSIONS, altNames(...names)];
  return mint({ subject: commonName(HOST), keys, issuer: authority, extensions, ...spec });
}

function mintService(name: string, create: () => KeyPair): Service {
  const root = mint({ subject: commonName(`Test ${name} Root`), keys: create() });
  const authority = mint({ subject: commonName(`Test ${name} Signer`), keys: create(), issuer: root });
  return { leaf: mintLeaf(authority, create()), authority, root };
}

/** RSA keys take long to make: one serves all of HMS. HarmonyOS has one for each certificate. */
const hmsKeys = rsaKeys();

export const SERVICES: Readonly<Record<HuaweiFlavour, Service>> = {
  hms: mintService('HMS', () => hmsKeys),
  harmony: mintService('Harmony', ecKeys),
};

function anchorFor(kind: string, { certificate }: Minted): TrustAnchor {
  const sha256 = createHash('sha256').update(certificate).digest('hex');
  return loadAnchor({ id: `test-${kind}`, kind, pem: toPem(certificate, 'CERTIFICATE'), sha256, ...ORIGIN });
}

const ORIGIN = { source: 'made by the test', date: '2026-11-21' };

export const ANCHORS: readonly TrustAnchor[] = [
  anchorFor('hms', SERVICES.hms.root),
  anchorFor('harmony', SERVICES.harmony.root),
];

const COMMON: JsonObject = { nonce: toBase64(NONCE), appId: APP_ID, basicIntegrity: true };

/** Results about sound devices. */
export const RESULTS: Readonly<Record<HuaweiFlavour, JsonObject>> = {
  hms: {
    ...COMMON,
    advice: '',
    apkCertificateDigestSha256: [Buffer.from(SIGNER, 'hex').toString('base64')],
    apkDigestSha256: toBase64(new Uint8Array(32)),
    apkPackageName: PACKAGE,
    timestampMs: NOW,
  },
  harmony: {
    ...COMMON,
    detail: [],
    hapBundleName: PACKAGE,
    hapCertificateSha256: SIGNER.toUpperCase(),
    timestamp: NOW,
  },
};

const SIGN: Readonly<Record<string, (signed: Uint8Array, key: KeyObject) => Uint8Array>> = {
  RS256: (signed, key) => sign('sha256', signed, key),
  PS256: (signed, key) => sign('sha256', signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  ES256: (signed, key) => sign('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }),
  ES384: (signed, key) => sign('sha384', signed, { key, dsaEncoding: 'ieee-p1363' }),
  none: () => new Uint8Array(),
};

export interface ResultSpec {
  readonly flavour: HuaweiFlavour;
  readonly alg: string;
  readonly leaf: Minted;
  /** Certificates above the leaf. */
  readonly above: readonly Minted[];
  /** Changes of the result; undefined takes a member away. */
  readonly result: Readonly<Record<string, unknown>>;
  /** The text of the result, where it is to be another than JSON writes. */
  readonly resultText: string | undefined;
  readonly header: JsonObject;
  /** Replaces the certificates as they stand in the header. */
  readonly x5c: (x5c: readonly string[]) => readonly string[];
  /** Algorithm that the signature is really made with. */
  readonly signedWith: string | undefined;
  readonly signer: KeyPair | undefined;
}

function defaultsOf(flavour: HuaweiFlavour): ResultSpec {
  const { leaf, authority, root } = SERVICES[flavour];
  return {
    ...{ flavour, leaf, result: {}, resultText: undefined, header: {}, signedWith: undefined, signer: undefined },
    ...{ alg: flavour === 'hms' ? 'RS256' : 'ES256', above: flavour === 'hms' ? [authority] : [authority, root] },
    x5c: (x5c) => x5c,
  };
}

export function mintResult(changes: Partial<ResultSpec> = {}): string {
  const spec = { ...defaultsOf(changes.flavour ?? 'hms'), ...changes };
  const x5c = spec.x5c([spec.leaf, ...spec.above].map(({ certificate }) => toBase64(certificate)));
  const header = JSON.stringify({ alg: spec.alg, x5c, ...spec.header });
  const text = spec.resultText ?? JSON.stringify({ ...RESULTS[spec.flavour], ...spec.result });
  const signingInput = `${toBase64url(utf8(header))}.${toBase64url(Buffer.from(text, 'latin1'))}`;
  const signer = SIGN[spec.signedWith ?? spec.alg] ?? (() => new Uint8Array(64));
  const { privateKey } = spec.signer ?? spec.leaf.keys;
  return `${signingInput}.${toBase64url(signer(utf8(signingInput), privateKey))}`;
}

export interface HuaweiAttempt {
  readonly input: SysIntegrityInput;
  readonly context: SysIntegrityContext;
}

/** One valid piece of evidence with all that its verification needs. */
export function mintSysIntegrity(changes: Partial<ResultSpec> = {}): HuaweiAttempt {
  const flavour = changes.flavour ?? 'hms';
  const apps = [
    { package: 'com.example.other', digests: ['cd'.repeat(32)] },
    { package: PACKAGE, digests: [SIGNER], appId: APP_ID },
  ];
  return {
    input: { jws: mintResult(changes), flavour, nonce: NONCE, apps },
    context: { trust: { anchors: ANCHORS }, at: NOW },
  };
}
