import { keyOfPoint, pointOfSpki } from '@assay/evidence';
import { parseBase64, parseBase64url, parseHex, parsePem, utf8 } from '@assay/formats';
import { z } from 'zod';

/** Members of an evidence document, as the vectors spell them. Members that are not read are left alone. */

export const Time = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'a time in ISO 8601 expected')
  .transform((text) => Date.parse(text));

/** Bytes in one of their texts; each is canonical, so that one value has one text in each. */
function bytesBy(parse: (text: string) => Uint8Array, expected: string) {
  return z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: `${expected} expected` });
      return z.NEVER;
    }
  });
}

/** The two alphabets differ where padding or a character of their own tells them apart; elsewhere both say the same. */
function parseEitherBase64(text: string): Uint8Array {
  return /[-_]/.test(text) || text.length % 4 !== 0 ? parseBase64url(text) : parseBase64(text);
}

const parseAnyHex = (text: string): Uint8Array => parseHex(text.toLowerCase());

const Base64 = bytesBy(parseEitherBase64, 'base64 or base64url');

/** Base64 or base64url text, or an object that names the form: `utf8`, `base64`, `base64url`, `hex`. */
export const Bytes = z.union(
  [
    Base64,
    z.strictObject({ utf8: z.string() }).transform((value) => utf8(value.utf8)),
    z.strictObject({ base64: bytesBy(parseBase64, 'base64') }).transform((value) => value.base64),
    z.strictObject({ base64url: bytesBy(parseBase64url, 'base64url') }).transform((value) => value.base64url),
    z.strictObject({ hex: bytesBy(parseAnyHex, 'hex') }).transform((value) => value.hex),
  ],
  'base64, base64url, {"hex": …} or {"utf8": …} expected',
);

/** A P-256 public key in PEM, as its uncompressed point. */
const PublicKeyPem = z.string().transform((text, context) => {
  try {
    const [der] = parsePem(text, 'PUBLIC KEY');
    const point = der === undefined ? undefined : pointOfSpki(der);
    if (point !== undefined) {
      keyOfPoint(point);
      return point;
    }
  } catch {
    // told below, like a text without a key
  }
  context.addIssue({ code: 'custom', message: 'a P-256 public key in PEM expected' });
  return z.NEVER;
});

const AppleLaunch = z
  .looseObject({ categories: z.array(z.int().min(0).max(255)), required: z.boolean().default(false) })
  .nullish();

export const AttestationMembers = z.looseObject({
  id: z.string().default('attestation'),
  attestationObject: Bytes,
  keyId: Bytes,
  clientDataHash: Bytes,
  /** What the hash is of, for whoever has that instead. */
  clientData: Bytes.optional(),
  appId: z.string(),
  environment: z.string().optional(),
  allowedEnvironments: z.array(z.string()).optional(),
  launchPolicy: AppleLaunch,
  verifyAt: Time.optional(),
});

export const AssertionMembers = z.looseObject({
  id: z.string().default('assertion'),
  assertionObject: Bytes,
  clientData: Bytes,
  publicKeyPem: PublicKeyPem,
  appId: z.string(),
  previousCounter: z.int().min(0),
  verifyAt: Time.optional(),
});

export const ReceiptMembers = z.looseObject({
  id: z.string().default('receipt'),
  receipt: Bytes,
  appId: z.string(),
  publicKeyPem: PublicKeyPem,
  verifyAt: Time.optional(),
});

const ExpectedApp = z.looseObject({
  packages: z.array(z.looseObject({ name: z.string() })).min(1),
  signatureDigestsSha256Hex: z.array(z.string()).optional(),
});

export const KeyAttestationMembers = z.looseObject({
  id: z.string().default('key-attestation'),
  chainFile: z.string().optional(),
  chain: z.array(Bytes).optional(),
  challenge: Bytes,
  challengeOverride: Bytes.optional(),
  expectedApp: ExpectedApp.optional(),
  expectedPackage: z.string().optional(),
  expectedDigestSha256Hex: z.string().optional(),
  statusList: z.unknown().optional(),
  verifyAt: Time.optional(),
});

export type KeyAttestationMembers = z.output<typeof KeyAttestationMembers>;

const MaxAge = z.number().positive().max(1e9).optional();

/** The verdict of Google's endpoint as it answered; its reader judges it. */
const Json = z.json();

export const PlayMembers = z.looseObject({
  id: z.string().default('play-integrity'),
  token: z.string().optional(),
  tokenPayloadExternal: Json.optional(),
  decryptionKey: Bytes.optional(),
  verificationKey: Bytes.optional(),
  expectedRequestHash: z.string().optional(),
  expectedNonce: Bytes.optional(),
  expectedNonceBytes: Bytes.optional(),
  expectedPackage: z.string(),
  expectedDigest: Bytes.optional(),
  expectedDigestSha256Hex: z.string().optional(),
  maxAgeSeconds: MaxAge,
  verifyAt: Time.optional(),
  now: Time.optional(),
});

export type PlayMembers = z.output<typeof PlayMembers>;

export const SysIntegrityMembers = z.looseObject({
  id: z.string().default('huawei-sysintegrity'),
  jws: z.string(),
  flavour: z.enum(['hms', 'harmony']),
  expectedNonce: Bytes,
  expectedPackage: z.string(),
  expectedAppId: z.string().optional(),
  expectedDigestSha256Hex: z.string().optional(),
  expectedCertDigestBase64: z.string().optional(),
  expectedHapCertificateSha256: z.string().optional(),
  maxAgeSeconds: MaxAge,
  verifyAt: Time.optional(),
});

export type SysIntegrityMembers = z.output<typeof SysIntegrityMembers>;
