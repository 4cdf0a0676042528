import type {
  AttestEnvironment,
  BootState,
  Fact,
  Facts,
  KeyOrigin,
  KeyProtection,
  LaunchCategory,
  Platform,
  Provisioning,
  SecurityLevel,
  Signal,
} from '@assay/core';
import { ABSENT } from '@assay/core';

/** What a fact's value may be. */
export type FactValue = string | number | boolean | readonly string[] | readonly number[] | readonly Signal[];

/**
 * How values of a fact compare. `version`: dotted decimal numbers, compared number by number. `date`: `YYYY-MM` or
 * `YYYY-MM-DD`; a month alone stands for its first day.
 */
export type FactType = 'text' | 'choice' | 'boolean' | 'number' | 'version' | 'date' | 'texts' | 'numbers' | 'signals';

type Section = 'app' | 'key' | 'device' | 'chain';

/** The name of a fact in a policy, for example `device.bootState`. */
export type FactPath =
  | Exclude<keyof Facts, Section | 'v'>
  | { [S in Section]: `${S}.${keyof Facts[S] & string}` }[Section];

export interface FactRow {
  readonly type: FactType;
  /** Every value of a `choice`. */
  readonly values?: readonly string[];
  readonly read: (facts: Facts) => Fact<FactValue>;
  readonly description: string;
}

type Read = FactRow['read'];

const row =
  (type: Exclude<FactType, 'choice'>) =>
  (read: Read, description: string): FactRow => ({ type, read, description });

const text = row('text');
const version = row('version');
const date = row('date');

/** A choice lists its values as keys, so that the compiler notices a value that is missing here. */
function choice<T extends string>(values: Readonly<Record<T, 1>>, read: Read, description: string): FactRow {
  return { type: 'choice', values: Object.keys(values), read, description };
}

const LEVELS: Readonly<Record<SecurityLevel, 1>> = { secure_enclave: 1, strongbox: 1, tee: 1, software: 1 };
const PLATFORMS: Readonly<Record<Platform, 1>> = { ios: 1, android: 1, harmonyos: 1, web: 1, dev: 1 };
const PROTECTIONS: Readonly<Record<KeyProtection, 1>> = { hardware: 1, app_asserted: 1, software: 1 };
const ENVIRONMENTS: Readonly<Record<AttestEnvironment, 1>> = { production: 1, development: 1 };
const PROVISIONINGS: Readonly<Record<Provisioning, 1>> = { factory: 1, rkp: 1, software: 1 };
const BOOT_STATES: Readonly<Record<BootState, 1>> = { verified: 1, self_signed: 1, unverified: 1, failed: 1 };
const REVOCATIONS = { not_listed: 1, not_checked: 1 } as const;
const ORIGINS: Readonly<Record<KeyOrigin, 1>> = {
  generated: 1,
  derived: 1,
  imported: 1,
  unknown: 1,
  securely_imported: 1,
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

/** Signals are the app's word, always. No signal is a statement too: nothing was raised. */
const signals: Read = (facts) => ({ known: 'claimed', value: facts.signals, by: 'app' });

/** Every fact that a policy can name. */
export const FACTS: { readonly [P in FactPath]: FactRow } = {
  evidence: row('texts')(evidence, 'Formats of the evidence that was verified, such as `apple-app-attest`.'),
  signals: row('signals')(signals, 'Hints of the app about its surroundings: weighed, never proof.'),
  platform: choice(PLATFORMS, (f) => f.platform, 'Operating system family.'),
  'app.id': text((f) => f.app.id, 'Apple App ID with its prefix, or Android package name.'),
  'app.signers': row('texts')((f) => f.app.signers, 'SHA-256 of the signing certificates, lower-case hex (Android).'),
  'app.build': version((f) => f.app.build, 'Build as the platform states it: versionCode or CFBundleVersion.'),
  'app.version': version((f) => f.app.version, 'Version as the app states it.'),
  'app.environment': choice(ENVIRONMENTS, (f) => f.app.environment, 'App Attest environment of the key.'),
  'app.category': choice(CATEGORIES, (f) => f.app.category, 'Apple validation category, iOS 27 and later.'),
  'key.protection': choice(PROTECTIONS, (f) => f.key.protection, 'How the instance key is kept.'),
  'key.attestedLevel': choice(LEVELS, (f) => f.key.attestedLevel, 'Where the attested key lives.'),
  'key.attesterLevel': choice(LEVELS, (f) => f.key.attesterLevel, 'Level of what made the attestation.'),
  'key.origin': choice(ORIGINS, (f) => f.key.origin, 'How the attested key came to be.'),
  'key.purposes': row('numbers')((f) => f.key.purposes, 'KeyMint purposes: 2 is SIGN, 7 is ATTEST_KEY.'),
  'key.algorithm': text((f) => f.key.algorithm, 'Algorithm of the attested key, such as `ec-p256`.'),
  'device.bootState': choice(BOOT_STATES, (f) => f.device.bootState, 'Verified boot state.'),
  'device.locked': row('boolean')((f) => f.device.locked, 'Whether the bootloader is locked.'),
  'device.bootKey': text((f) => f.device.bootKey, 'Digest of the verified boot key, lower-case hex.'),
  'device.osVersion': version((f) => f.device.osVersion, 'Version of the operating system.'),
  'device.osBuild': text((f) => f.device.osBuild, 'Build of the operating system.'),
  'device.osPatch': date((f) => f.device.osPatch, 'Patch level of the operating system.'),
  'device.vendorPatch': date((f) => f.device.vendorPatch, 'Patch level of the vendor partition.'),
  'device.bootPatch': date((f) => f.device.bootPatch, 'Patch level of the boot image.'),
  'device.brand': text((f) => f.device.brand, 'Brand of the device.'),
  'device.model': text((f) => f.device.model, 'Model of the device.'),
  'chain.anchor': text((f) => f.chain.anchor, 'Trust anchor at which the chain ended.'),
  'chain.provisioning': choice(PROVISIONINGS, (f) => f.chain.provisioning, 'How the attestation key was provisioned.'),
  'chain.certificatesIssued': row('number')((f) => f.chain.certificatesIssued, 'Certificates issued in 30 days (RKP).'),
  'chain.revocation': choice(REVOCATIONS, (f) => f.chain.revocation, 'Whether the revocation list was consulted.'),
};

export function isFactPath(text: string): text is FactPath {
  return Object.hasOwn(FACTS, text);
}
