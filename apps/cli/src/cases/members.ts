import { keyOfPoint, pointOfSpki } from '@assay/evidence';
import { parseBase64, parsePem, utf8 } from '@assay/formats';
import { z } from 'zod';

/** Members of an evidence document, as the vectors spell them. Members that are not read are left alone. */

const Base64 = z.string().transform((text, context) => {
  try {
    return parseBase64(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'standard base64 expected' });
    return z.NEVER;
  }
});

export const Time = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'a time in ISO 8601 expected')
  .transform((text) => Date.parse(text));

/** `{"utf8": …}`, `{"base64": …}`, or base64 text. */
const Bytes = z.union(
  [
    z.strictObject({ utf8: z.string() }).transform((value) => utf8(value.utf8)),
    z.strictObject({ base64: Base64 }).transform((value) => value.base64),
    Base64,
  ],
  'standard base64, {"utf8": …} or {"base64": …} expected',
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
  attestationObject: Base64,
  keyId: Base64,
  clientDataHash: Base64,
  appId: z.string(),
  environment: z.string().optional(),
  allowedEnvironments: z.array(z.string()).optional(),
  launchPolicy: AppleLaunch,
  verifyAt: Time.optional(),
});

export const AssertionMembers = z.looseObject({
  id: z.string().default('assertion'),
  assertionObject: Base64,
  clientData: Base64,
  publicKeyPem: PublicKeyPem,
  appId: z.string(),
  previousCounter: z.int().min(0),
  verifyAt: Time.optional(),
});

export const ReceiptMembers = z.looseObject({
  id: z.string().default('receipt'),
  receipt: Base64,
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
  chain: z.array(Base64).optional(),
  challenge: Bytes,
  challengeOverride: Bytes.optional(),
  expectedApp: ExpectedApp.optional(),
  expectedPackage: z.string().optional(),
  expectedDigestSha256Hex: z.string().optional(),
  statusList: z.unknown().optional(),
  verifyAt: Time.optional(),
});

export type KeyAttestationMembers = z.output<typeof KeyAttestationMembers>;
