import { ASSURANCES } from '@assay/core';
import { z } from 'zod';

/** Documents that operators register, validated at both doors: when they arrive and when they are read back. */

const APP_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,154}$/;
const SHA256_HEX = /^[0-9a-f]{64}$/;

const Signer = z
  .strictObject({
    sha256: z.string().regex(SHA256_HEX, 'lower-case hex SHA-256 of the signing certificate'),
    label: z.string().min(1).max(64).describe('What this certificate is for, such as `Play App Signing` or `CI`'),
  })
  .meta({ id: 'Signer' });

const AndroidPackage = z
  .strictObject({
    name: z.string().min(1).max(255),
    signers: z.array(Signer).min(1).max(16),
  })
  .meta({ id: 'AndroidPackage' });

/** An app: what its genuine copies look like, which APIs it may ask tokens for, and the policy that judges it. */
export const AppDocument = z
  .strictObject({
    id: z.string().regex(APP_ID).describe('The name that the app puts into its statements'),
    label: z.string().min(1).max(80),
    apple: z
      .strictObject({ appIds: z.array(z.string().min(3).max(255)).min(1).max(16) })
      .optional()
      .describe('App IDs with their prefix, `TEAMID.bundle.id`'),
    android: z.strictObject({ packages: z.array(AndroidPackage).min(1).max(16) }).optional(),
    audiences: z.array(z.url().max(255)).min(1).max(16).describe('Registered APIs that this app may ask tokens for'),
    policy: z.string().min(1).max(64).default('strict'),
    reasonsToApp: z.boolean().default(false).describe('Tell a refused app the reason codes'),
    retainEvidenceDays: z.int().min(0).max(90).default(0).describe('Keep sealed evidence this long; 0 keeps none'),
  })
  .refine((app) => app.apple !== undefined || app.android !== undefined, 'needs `apple`, `android` or both')
  .meta({ id: 'App' });

export type AppDocument = z.output<typeof AppDocument>;

/** An API that accepts tokens: one audience, one token shape. */
export const ApiDocument = z
  .strictObject({
    audience: z.url().max(255),
    label: z.string().min(1).max(80),
    shape: z.enum(['at+jwt', 'attestation']).default('at+jwt'),
    lifetime: z.int().min(30).max(3600).default(300).describe('Seconds that a token lives'),
    minimum: z.enum(ASSURANCES).default('low').describe('No token below this assurance'),
  })
  .meta({ id: 'Api' });

export type ApiDocument = z.output<typeof ApiDocument>;

/** When a secret may leave, and how often. */
export const SecretRule = z
  .strictObject({
    minimum: z.enum(['low', 'substantial', 'high']).default('substantial'),
    maxPerDay: z.int().min(1).max(10_000).default(96).describe('Deliveries for one lineage and UTC day'),
    lifetime: z.int().min(30).max(86_400).default(900).describe('Seconds after which the app forgets it'),
    onWarning: z.boolean().default(false).describe('Deliver on tier `warning` too'),
  })
  .meta({ id: 'SecretRule' });

export type SecretRule = z.output<typeof SecretRule>;
