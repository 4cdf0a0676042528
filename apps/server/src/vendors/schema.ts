import { z } from 'zod';

const File = z.string().min(1).describe('Relative to the folder of this file; mode 0600');
const PackageName = z.string().regex(/^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)+$/, 'a package name');
const AppleId = z.string().regex(/^[A-Z0-9]{10}$/, 'ten capital letters and digits');

const Play = z
  .strictObject({
    keys: z
      .array(z.strictObject({ package: PackageName, decryptionKeyFile: File, verificationKeyFile: File }))
      .min(1)
      .max(64)
      .refine((keys) => new Set(keys.map((each) => each.package)).size === keys.length, 'one pair for each package')
      .optional()
      .describe('Response keys out of the Play Console, base64: tokens of these packages are opened here'),
    serviceAccountFile: File.optional().describe("JSON key: other tokens are opened by Google's endpoint"),
    dailyQuota: z.record(PackageName, z.int().min(1)).optional().describe('Calls to it that Google allows in a day'),
  })
  .refine(({ keys, serviceAccountFile }) => keys ?? serviceAccountFile, 'needs `keys` or `serviceAccountFile`')
  .refine(
    ({ dailyQuota, serviceAccountFile }) => dailyQuota === undefined || serviceAccountFile !== undefined,
    '`dailyQuota` is about calls with `serviceAccountFile`',
  );

const Captcha = z
  .strictObject({
    provider: z.enum(['turnstile', 'hcaptcha', 'recaptcha']),
    secretFile: File,
    minScore: z.number().gt(0).max(1).optional(),
  })
  .refine(
    ({ provider, minScore }) => minScore === undefined || provider === 'recaptcha',
    '`minScore` is of recaptcha alone',
  );

/** The file of `vendorsFile`: which services of vendors this server may ask, and where the keys for it lie. */
export const VendorsSchema = z.strictObject({
  play: Play.optional(),
  apple: z
    .array(z.strictObject({ team: AppleId, keyId: AppleId, keyFile: File }))
    .min(1)
    .max(64)
    .refine((keys) => new Set(keys.map(({ team }) => team)).size === keys.length, 'one key for each team')
    .optional()
    .describe('DeviceCheck keys (.p8): the two bits, and risk metrics out of App Attest receipts'),
  captcha: Captcha.optional(),
});

export type VendorsFile = z.output<typeof VendorsSchema>;
