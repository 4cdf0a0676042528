/** Makes Play Integrity tokens under keys of its own: genuine in form, and wrong in exactly the way that a test asks for. */
import { createCipheriv, createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { concat, type JsonObject, toBase64url, utf8 } from '@assay/formats';
import type { PlayIntegrityContext, PlayIntegrityInput, PlayIntegrityKeys } from '../../src/play-integrity/index.ts';

export const NOW: number = Date.UTC(2026, 10, 21);
export const PACKAGE = 'com.example.bank';
export const SIGNER = 'ab'.repeat(32);
export const REQUEST_HASH = '_fpo-DkZXHpgaVGxFP3ZYS5Zb7A31bdITvCk0DxFYTA';

interface Signer {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const playSigner: Signer = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const decryptionKey = createHash('sha256').update('a decryption key for tests').digest();

function spkiOf({ publicKey }: Signer): Uint8Array {
  return publicKey.export({ format: 'der', type: 'spki' });
}

/** As the Play Console hands them out, decoded. */
export const PLAY_KEYS: PlayIntegrityKeys = { decryptionKey, verificationKey: spkiOf(playSigner) };

/** A verdict about a phone that has everything. */
export const VERDICT: JsonObject = {
  requestDetails: { requestPackageName: PACKAGE, timestampMillis: `${NOW}`, requestHash: REQUEST_HASH },
  appIntegrity: {
    appRecognitionVerdict: 'PLAY_RECOGNIZED',
    packageName: PACKAGE,
    certificateSha256Digest: [Buffer.from(SIGNER, 'hex').toString('base64url')],
    versionCode: '42',
  },
  deviceIntegrity: {
    deviceRecognitionVerdict: ['MEETS_BASIC_INTEGRITY', 'MEETS_DEVICE_INTEGRITY', 'MEETS_STRONG_INTEGRITY'],
    recentDeviceActivity: { deviceActivityLevel: 'LEVEL_1' },
    deviceAttributes: { sdkVersion: 36 },
    deviceRecall: { values: { bitFirst: true, bitThird: false }, writeDates: { yyyymmFirst: 202511 } },
  },
  accountDetails: { appLicensingVerdict: 'LICENSED' },
  environmentDetails: {
    playProtectVerdict: 'NO_ISSUES',
    appAccessRiskVerdict: { appsDetected: ['KNOWN_INSTALLED', 'UNKNOWN_CAPTURING'] },
  },
};

/** The verdict with some members of a group changed; undefined takes one away. */
export function verdictWith(group: string, members: Readonly<Record<string, unknown>>): JsonObject {
  const before = VERDICT[group];
  return JSON.parse(JSON.stringify({ ...VERDICT, [group]: { ...(before as JsonObject), ...members } })); // a group is an object
}

export interface PlayTokenSpec {
  readonly verdict: JsonObject;
  /** The text of the verdict, where it is to be another than JSON writes. */
  readonly verdictText: string | undefined;
  readonly jwsHeader: JsonObject;
  readonly sign: (signingInput: string) => Uint8Array;
  /** Replaces the whole JWS. */
  readonly jws: ((jws: string) => string) | undefined;
  readonly jweHeader: JsonObject;
  readonly decryptionKey: Uint8Array;
  /** Changes the five parts. */
  readonly parts: (parts: readonly string[]) => readonly string[];
}

export function signEs256(signingInput: string, { privateKey }: Signer = playSigner): Uint8Array {
  return sign('sha256', utf8(signingInput), { key: privateKey, dsaEncoding: 'ieee-p1363' });
}

const DEFAULTS: PlayTokenSpec = {
  verdict: VERDICT,
  verdictText: undefined,
  jwsHeader: { alg: 'ES256' },
  sign: (signingInput) => signEs256(signingInput),
  jws: undefined,
  jweHeader: { alg: 'A256KW', enc: 'A256GCM' },
  decryptionKey,
  parts: (parts) => parts,
};

/** What a phone hands over. */
export function mintPlayToken(changes: Partial<PlayTokenSpec> = {}): string {
  const spec = { ...DEFAULTS, ...changes };
  const jws = mintJws(spec);
  return spec.parts(encrypt(spec, spec.jws?.(jws) ?? jws)).join('.');
}

function mintJws({ verdict, verdictText, jwsHeader, sign: signer }: PlayTokenSpec): string {
  const payload = verdictText ?? JSON.stringify(verdict);
  const signingInput = `${encoded(jwsHeader)}.${toBase64url(Buffer.from(payload, 'latin1'))}`;
  return `${signingInput}.${toBase64url(signer(signingInput))}`;
}

const encoded = (header: JsonObject): string => toBase64url(utf8(JSON.stringify(header)));

function encrypt({ jweHeader, decryptionKey: wrapping }: PlayTokenSpec, plaintext: string): readonly string[] {
  const [contentKey, iv] = [randomBytes(32), randomBytes(12)];
  const wrap = createCipheriv('id-aes256-wrap', wrapping, Buffer.alloc(8, 0xa6));
  const header = encoded(jweHeader);
  const seal = createCipheriv('aes-256-gcm', contentKey, iv);
  seal.setAAD(utf8(header));
  const ciphertext = concat(seal.update(plaintext, 'latin1'), seal.final());
  const wrapped = concat(wrap.update(contentKey), wrap.final());
  return [header, ...[wrapped, iv, ciphertext, seal.getAuthTag()].map(toBase64url)];
}

export interface PlayAttempt {
  readonly input: Extract<PlayIntegrityInput, { readonly token: string }>;
  readonly context: PlayIntegrityContext;
}

/** One valid piece of evidence with all that its verification needs. */
export function mintPlayIntegrity(changes: Partial<PlayTokenSpec> = {}): PlayAttempt {
  const apps = [
    { package: 'com.example.other', digests: ['cd'.repeat(32)] },
    { package: PACKAGE, digests: [SIGNER] },
  ];
  const binding = { kind: 'standard', requestHash: REQUEST_HASH } as const;
  return { input: { token: mintPlayToken(changes), binding, apps }, context: { at: NOW, keys: PLAY_KEYS } };
}
