import type {
  AppLicensing,
  AppRecognition,
  AttestEnvironment,
  BootState,
  Fact,
  Facts,
  IntegrityLabel,
  KeyOrigin,
  KeyProtection,
  LaunchCategory,
  OsFamily,
  Platform,
  PlayProtect,
  Provisioning,
  SecurityLevel,
  ThreatName,
} from '@assay/core';
import { ABSENT, THREAT_NAMES } from '@assay/core';
import type { FactPath, FactType, FactValue } from './fact-path.ts';
import { type FactSources, sourcesOf } from './sources.ts';

export type { FactPath, FactType, FactValue };

export interface FactRow {
  readonly path: FactPath;
  readonly type: FactType;
  /** Every value of a `choice`, or every entry of a list of them. */
  readonly values?: readonly string[];
  readonly read: (facts: Facts) => Fact<FactValue>;
  readonly description: string;
  /** How well each source can make it known. A source that is not here cannot tell it. */
  readonly sources: FactSources;
}

type Read = FactRow['read'];
type Draft = Omit<FactRow, 'path' | 'sources'>;

const row =
  (type: Exclude<FactType, 'choice'>) =>
  (read: Read, description: string): Draft => ({ type, read, description });

const text = row('text');
const texts = row('texts');
const number = row('number');
const version = row('version');
const date = row('date');
const boolean = row('boolean');

/** A choice lists its values as keys, so that the compiler notices a value that is missing here. */
function choice<T extends string>(values: Readonly<Record<T, 1>>, read: Read, description: string): Draft {
  return { type: 'choice', values: Object.keys(values), read, description };
}

const LEVELS: Readonly<Record<SecurityLevel, 1>> = { secure_enclave: 1, strongbox: 1, tee: 1, software: 1 };
const PLATFORMS: Readonly<Record<Platform, 1>> = { ios: 1, android: 1, harmonyos: 1, web: 1, dev: 1 };
const PROTECTIONS: Readonly<Record<KeyProtection, 1>> = { hardware: 1, app_asserted: 1, software: 1 };
const ENVIRONMENTS: Readonly<Record<AttestEnvironment, 1>> = { production: 1, development: 1 };
const PROVISIONINGS: Readonly<Record<Provisioning, 1>> = { factory: 1, rkp: 1, software: 1 };
const BOOT_STATES: Readonly<Record<BootState, 1>> = { verified: 1, self_signed: 1, unverified: 1, failed: 1 };
const FAMILIES: Readonly<Record<OsFamily, 1>> = { ios: 1, macos: 1, tvos: 1, watchos: 1, visionos: 1 };
const REVOCATIONS = { not_listed: 1, not_checked: 1 } as const;
const RECOGNITIONS: Readonly<Record<AppRecognition, 1>> = { recognized: 1, unrecognized_version: 1, unevaluated: 1 };
const LICENSINGS: Readonly<Record<AppLicensing, 1>> = { licensed: 1, unlicensed: 1, unevaluated: 1 };
const LABELS: Readonly<Record<IntegrityLabel, 1>> = { basic: 1, device: 1, strong: 1, virtual: 1 };
const ORIGINS: Readonly<Record<KeyOrigin, 1>> = {
  generated: 1,
  derived: 1,
  imported: 1,
  unknown: 1,
  securely_imported: 1,
};
const PLAY_PROTECT: Readonly<Record<PlayProtect, 1>> = {
  no_issues: 1,
  no_data: 1,
  possible_risk: 1,
  medium_risk: 1,
  high_risk: 1,
  unevaluated: 1,
};
const CATEGORIES: Readonly<Record<LaunchCategory, 1>> = {
  platform: 1,
  testflight: 1,
  development: 1,
  app_store: 1,
  enterprise: 1,
  developer_id: 1,
  system_7: 1,
  system_8: 1,
  system_9: 1,
  none: 1,
  unknown: 1,
};

/** The verifiers themselves write this list, so it is proven; an empty one says nothing. */
const evidence: Read = (facts) =>
  facts.evidence.length === 0 ? ABSENT : { known: 'proven', value: facts.evidence, by: 'verifier' };

const threat = (name: ThreatName): Draft =>
  boolean((f) => f.threats[name] ?? ABSENT, `Whether the threat \`${name}\` is raised.`);

const THREATS = Object.fromEntries(THREAT_NAMES.map((name) => [`threats.${name}`, threat(name)])) as {
  [T in ThreatName as `threats.${T}`]: Draft;
}; // one entry for each name

const DRAFTS: { readonly [P in FactPath]: Draft } = {
  platform: choice(PLATFORMS, (f) => f.platform, 'Operating system family.'),
  evidence: texts(evidence, 'Formats of the evidence that was verified, such as `apple-app-attest`.'),
  'app.id': text((f) => f.app.id, 'Apple App ID with its prefix, or Android package name.'),
  'app.signers': texts((f) => f.app.signers, 'SHA-256 of the signing certificates, lower-case hex (Android).'),
  'app.build': version((f) => f.app.build, 'Build as the platform states it: versionCode or CFBundleVersion.'),
  'app.version': version((f) => f.app.version, 'Version as the app states it.'),
  'app.environment': choice(ENVIRONMENTS, (f) => f.app.environment, 'App Attest environment of the key.'),
  'app.category': choice(CATEGORIES, (f) => f.app.category, 'Apple validation category, iOS 27 and later.'),
  'app.recognition': choice(
    RECOGNITIONS,
    (f) => f.app.recognition,
    'Whether Google Play knows these bytes of the app.',
  ),
  'app.licensing': choice(LICENSINGS, (f) => f.app.licensing, 'Whether the user got the app from Google Play.'),
  'app.releasedHours': number((f) => f.app.releasedHours, 'Hours since this build was registered as released.'),
  'key.protection': choice(PROTECTIONS, (f) => f.key.protection, 'How the instance key is kept.'),
  'key.attestedLevel': choice(LEVELS, (f) => f.key.attestedLevel, 'Where the attested key lives.'),
  'key.attesterLevel': choice(LEVELS, (f) => f.key.attesterLevel, 'Level of what made the attestation.'),
  'key.origin': choice(ORIGINS, (f) => f.key.origin, 'How the attested key came to be.'),
  'key.purposes': row('numbers')((f) => f.key.purposes, 'KeyMint purposes: 2 is SIGN, 7 is ATTEST_KEY.'),
  'key.algorithm': text((f) => f.key.algorithm, 'Algorithm of the attested key, such as `ec-p256`.'),
  'device.bootState': choice(BOOT_STATES, (f) => f.device.bootState, 'Verified boot state.'),
  'device.locked': boolean((f) => f.device.locked, 'Whether the bootloader is locked.'),
  'device.bootKey': text((f) => f.device.bootKey, 'Digest of the verified boot key, lower-case hex.'),
  'device.osVersion': version((f) => f.device.osVersion, 'Version of the operating system.'),
  'device.osBuild': text((f) => f.device.osBuild, 'Build of the operating system.'),
  'device.osFamily': choice(
    FAMILIES,
    (f) => f.device.osFamily,
    'Apple system behind platform `ios`, iOS 18 and later.',
  ),
  'device.osPatch': date((f) => f.device.osPatch, 'Patch level of the operating system.'),
  'device.vendorPatch': date((f) => f.device.vendorPatch, 'Patch level of the vendor partition.'),
  'device.bootPatch': date((f) => f.device.bootPatch, 'Patch level of the boot image.'),
  'device.brand': text((f) => f.device.brand, 'Brand of the device.'),
  'device.model': text((f) => f.device.model, 'Model of the device.'),
  'device.sdk': number((f) => f.device.sdk, 'Android API level.'),
  'device.labels': {
    ...texts((f) => f.device.labels, 'Labels of a vendor’s integrity service.'),
    values: Object.keys(LABELS),
  },
  'chain.anchor': text((f) => f.chain.anchor, 'Trust anchor at which the chain ended.'),
  'chain.provisioning': choice(PROVISIONINGS, (f) => f.chain.provisioning, 'How the attestation key was provisioned.'),
  'chain.certificatesIssued': number((f) => f.chain.certificatesIssued, 'Certificates issued in 30 days (RKP).'),
  'chain.revocation': choice(REVOCATIONS, (f) => f.chain.revocation, 'Whether the revocation list was consulted.'),
  'runtime.playProtect': choice(PLAY_PROTECT, (f) => f.runtime.playProtect, 'What Google Play Protect found.'),
  'runtime.accessRisk': texts((f) => f.runtime.accessRisk, 'Apps that may capture, control or cover the screen.'),
  'runtime.activityLevel': number(
    (f) => f.runtime.activityLevel,
    'Recent device activity, 1 (few tokens) to 4 (many).',
  ),
  'runtime.deviceBits': texts((f) => f.runtime.deviceBits, 'Bits that the vendor keeps for the operator: `bit0`, …'),
  'runtime.captcha': boolean((f) => f.runtime.captcha, 'Whether a person passed a captcha (web).'),
  'history.attestedHours': number((f) => f.history.attestedHours, 'Hours since the attestation of the key.'),
  'history.freshHours': number((f) => f.history.freshHours, 'Hours since the last fresh platform evidence.'),
  'history.riskMetric': number((f) => f.history.riskMetric, 'Attested keys of the app on this device, approximately.'),
  'history.silentProviders': texts((f) => f.history.silentProviders, 'Signal providers that have gone silent.'),
  'history.advisories': texts((f) => f.history.advisories, 'Advisories in force that name this build, SDK or system.'),
  'history.banMark': boolean((f) => f.history.banMark, 'Whether the vendor keeps the mark of a ban on this device.'),
  ...THREATS,
};

const rowOf = ([path, draft]: [FactPath, Draft]): [FactPath, FactRow] => [
  path,
  { path, ...draft, sources: sourcesOf(path) },
];

/** Every path, in the order of the table. */
export const FACT_PATHS: readonly FactPath[] = Object.keys(DRAFTS) as FactPath[]; // the keys of a record of them

/** Every fact that a policy can name. */
export const FACTS: { readonly [P in FactPath]: FactRow } = Object.fromEntries(
  FACT_PATHS.map((path) => rowOf([path, DRAFTS[path]])),
) as { [P in FactPath]: FactRow }; // a row for every draft

export function isFactPath(text: string): text is FactPath {
  return Object.hasOwn(FACTS, text);
}
