import { ASSURANCES, STAGES } from '@assay/core';
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

const Named = z.string().min(1).max(255);
const PolicyName = z.string().min(1).max(64);
/** `2026-11-21T08:00:00Z`, as registered documents write a moment. */
const Moment = z.iso.datetime();

const HuaweiPackage = z
  .strictObject({
    name: Named,
    signers: z.array(Signer).min(1).max(16),
    appId: z.string().min(1).max(64).optional().describe('App ID in AppGallery Connect'),
  })
  .meta({ id: 'HuaweiPackage' });

/** How far a policy's refusals are enforced. One spelling of the stages everywhere. */
export const Rollout = z
  .strictObject({
    stage: z.enum(STAGES),
    percent: z
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe('With stage `enforce`: the share of installs that it holds for'),
  })
  .refine(
    ({ stage, percent }) => percent === undefined || stage === 'enforce',
    'percent goes with stage `enforce` alone',
  )
  .meta({ id: 'Rollout' });

export type Rollout = z.output<typeof Rollout>;

const Cohort = z
  .strictObject({
    name: z.string().min(1).max(64),
    policy: PolicyName,
    percent: z
      .int()
      .min(1)
      .max(100)
      .describe('Share of installs that belong to it, the same ones as long as it has its name'),
    until: Moment.optional().describe('When it ends'),
  })
  .meta({ id: 'Cohort' });

const Release = z
  .strictObject({ build: z.string().min(1).max(64).describe('versionCode or CFBundleVersion'), at: Moment })
  .meta({ id: 'Release' });

/** A signal that is not believed for now: its provider raises false alarms in these versions or on these builds. */
export const Quarantine = z
  .strictObject({
    provider: z.string().min(1).max(64),
    signal: z.string().min(1).max(64),
    versions: z.array(z.string().min(1).max(64)).min(1).max(16).optional().describe('Provider versions; default: all'),
    osBuilds: z
      .array(z.string().min(1).max(64))
      .min(1)
      .max(64)
      .optional()
      .describe('OS builds or versions; default: all'),
    until: Moment.optional(),
    reason: z.string().min(1).max(200),
  })
  .meta({ id: 'Quarantine' });

export type Quarantine = z.output<typeof Quarantine>;

const CustomEvidence = z
  .strictObject({
    role: z.string().regex(/^x-[a-z0-9][a-z0-9-]{0,29}$/, "the role of a format of one's own, `x-…`"),
    apps: z.array(Named).min(1).max(16).describe('The names of the app that the format may prove'),
  })
  .meta({ id: 'CustomEvidence' });

/** An app: what its genuine copies look like, which APIs it may ask tokens for, and the policy that judges it. */
export const AppDocument = z
  .strictObject({
    id: z.string().regex(APP_ID).describe('The name that the app puts into its statements'),
    label: z.string().min(1).max(80),
    apple: z
      .strictObject({
        appIds: z.array(z.string().min(3).max(255)).min(1).max(16),
        team: z.string().length(10).optional().describe('Team of DeviceCheck; default: the prefix of the first App ID'),
        banBit: z
          .enum(['bit0', 'bit1'])
          .optional()
          .describe('Bit of DeviceCheck that marks banned devices; needs `team`'),
      })
      .refine(({ team, banBit }) => banBit === undefined || team !== undefined, '`banBit` needs `team`')
      .optional()
      .describe('App IDs with their prefix, `TEAMID.bundle.id`'),
    android: z.strictObject({ packages: z.array(AndroidPackage).min(1).max(16) }).optional(),
    google: z
      .strictObject({
        cloudProject: z
          .string()
          .regex(/^\d{1,20}$/, 'a project number')
          .optional(),
        recallBit: z
          .enum(['bit0', 'bit1', 'bit2'])
          .optional()
          .describe("Bit of Play's device recall that marks banned devices"),
      })
      .optional()
      .describe('Play Integrity is accepted for the packages of `android`'),
    huawei: z
      .strictObject({ packages: z.array(HuaweiPackage).min(1).max(16) })
      .optional()
      .describe('HMS SysIntegrity is accepted for these packages'),
    harmony: z
      .strictObject({ bundles: z.array(HuaweiPackage).min(1).max(16) })
      .optional()
      .describe('Device Security of HarmonyOS NEXT is accepted for these bundles'),
    web: z
      .strictObject({
        origins: z.array(z.url().max(255)).min(1).max(16),
        siteHosts: z.array(Named).min(1).max(16).describe('Hosts that a captcha may be solved on'),
      })
      .optional()
      .describe('Pages may enrol by a captcha, at the lowest assurance'),
    appCheck: z
      .strictObject({
        project: z.string().regex(/^\d{1,20}$/, 'a project number'),
        appIds: z.array(Named).min(1).max(16).describe('Firebase app ids, `1:…:ios:…`'),
      })
      .optional()
      .describe('Firebase App Check tokens are accepted, for the time of a migration'),
    appCheckFacade: z
      .strictObject({
        project: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'the project of the resource name')
          .describe('The client asks for `projects/{project}/apps/{id}`'),
        audience: z.url().max(255).describe('The one API that its bearer tokens are for'),
      })
      .optional()
      .describe("Google's App Check client for Apple systems is served, see docs/compat-app-check.md"),
    dev: z
      .boolean()
      .default(false)
      .describe('Simulators and CI may enrol by grants; in environments of kind development alone'),
    custom: z.array(CustomEvidence).max(8).default([]).describe("Formats of one's own"),
    audiences: z.array(z.url().max(255)).min(1).max(16).describe('Registered APIs that this app may ask tokens for'),
    policy: PolicyName.default('strict'),
    rollout: Rollout.default({ stage: 'enforce' }),
    cohorts: z
      .array(Cohort)
      .max(8)
      .default([])
      .describe('Shares of the installs that another policy judges, the first that fits'),
    shadows: z.array(PolicyName).max(4).default([]).describe('Policies that are watched beside the one in force'),
    releases: z
      .array(Release)
      .max(64)
      .default([])
      .describe('Builds with when they were released, for `app.releasedHours`'),
    quarantine: z.array(Quarantine).max(64).default([]).describe('Signals that are not believed for now'),
    refusals: z.enum(['explicit', 'sealed']).default('explicit').describe('Whether a refused app can tell that it was'),
    twoPersons: z.boolean().default(false).describe('A change that loosens its policy needs a second person'),
    reasonsToApp: z.boolean().default(false).describe('Tell a refused app the reason codes'),
    retainEvidenceDays: z.int().min(0).max(90).default(0).describe('Keep sealed evidence this long; 0 keeps none'),
  })
  .refine(
    hasEvidence,
    'needs a kind of evidence: `apple`, `android`, `huawei`, `harmony`, `web`, `appCheck`, `dev` or `custom`',
  )
  .refine((app) => app.google === undefined || app.android !== undefined, '`google` needs the packages of `android`')
  .refine((app) => app.appCheckFacade === undefined || app.apple !== undefined, '`appCheckFacade` needs `apple`')
  .refine(
    ({ appCheckFacade: facade, audiences }) => facade === undefined || audiences.includes(facade.audience),
    'the audience of `appCheckFacade` is none of the audiences',
  )
  .refine(
    (app) => app.appCheckFacade === undefined || app.refusals === 'explicit',
    '`appCheckFacade` answers refusals with 403, so it would unseal sealed ones',
  )
  .refine(({ cohorts }) => areDistinct(cohorts.map(({ name }) => name)), 'two cohorts have one name')
  .refine(({ custom }) => areDistinct(custom.map(({ role }) => role)), 'two entries of `custom` have one role')
  .refine(({ releases }) => areDistinct(releases.map(({ build }) => build)), 'two releases have one build')
  .refine((app) => app.refusals === 'explicit' || !app.reasonsToApp, '`reasonsToApp` would unseal sealed refusals')
  .meta({ id: 'App' });

export type AppDocument = z.output<typeof AppDocument>;

/** An app that nothing could attest would only look registered. */
function hasEvidence(app: {
  readonly dev: boolean;
  readonly custom: readonly unknown[];
  readonly [kind: string]: unknown;
}) {
  const isNamed = ['apple', 'android', 'huawei', 'harmony', 'web', 'appCheck'].some((kind) => app[kind] !== undefined);
  return isNamed || app.dev || app.custom.length > 0;
}

const areDistinct = (names: readonly string[]): boolean => new Set(names).size === names.length;

const Coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, '32 bytes as base64url');
const EncryptionKey = z
  .strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: Coordinate, y: Coordinate })
  .meta({ id: 'EncryptionKey' });

/** An API that accepts tokens: one audience, one token shape. */
export const ApiDocument = z
  .strictObject({
    audience: z.url().max(255),
    label: z.string().min(1).max(80),
    shape: z.enum(['at+jwt', 'attestation']).default('at+jwt'),
    lifetime: z.int().min(30).max(3600).default(300).describe('Seconds that a token lives'),
    minimum: z.enum(ASSURANCES).default('low').describe('No token below this assurance'),
    encryptionKey: EncryptionKey.optional().describe(
      'Tokens are sealed to this key of the API; needed by apps with sealed refusals',
    ),
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
