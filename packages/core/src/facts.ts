/**
 * One facts schema for every evidence format. Each fact says how it is known; `absent` is a value of its own, so no
 * reader can take silence for proof. Unique device identifiers (IMEI, serial, uniqueId) have no field here, on purpose.
 */

/**
 * `proven` — by hardware or a vendor's signature that was verified; `claimed` — said by the app or by evidence whose
 * signature does not cover it; `absent` — not said at all.
 */
export type Fact<T> =
  | { readonly known: 'proven'; readonly value: T; readonly by: string }
  | { readonly known: 'claimed'; readonly value: T; readonly by: string }
  | { readonly known: 'absent' };

export const ABSENT: { readonly known: 'absent' } = { known: 'absent' };

/** A fact proven by `by`, for example `apple-app-attest`. An undefined value is absent. */
export function proven<T>(value: T | undefined, by: string): Fact<T> {
  return value === undefined ? ABSENT : { known: 'proven', value, by };
}

/** A fact that only the app's word supports. An undefined value is absent. */
export function claimed<T>(value: T | undefined, by: string): Fact<T> {
  return value === undefined ? ABSENT : { known: 'claimed', value, by };
}

/** The value however it is known, or undefined. Use only where a claim is good enough, such as display. */
export function knownValue<T>(fact: Fact<T>): T | undefined {
  return fact.known === 'absent' ? undefined : fact.value;
}

/** The value if it is proven, else undefined. */
export function provenValue<T>(fact: Fact<T>): T | undefined {
  return fact.known === 'proven' ? fact.value : undefined;
}

export type Platform = 'ios' | 'android' | 'harmonyos' | 'web' | 'dev';
/** How the instance key K is kept. `app_asserted`: a genuine app says so, no hardware does. */
export type KeyProtection = 'hardware' | 'app_asserted' | 'software';
export type SecurityLevel = 'secure_enclave' | 'strongbox' | 'tee' | 'software';
export type BootState = 'verified' | 'self_signed' | 'unverified' | 'failed';
export type KeyOrigin = 'generated' | 'derived' | 'imported' | 'unknown' | 'securely_imported';
export type AttestEnvironment = 'production' | 'development';
/** Which of Apple's systems: all of them make App Attest evidence, and all of them are platform `ios`. */
export type OsFamily = 'ios' | 'macos' | 'tvos' | 'watchos' | 'visionos';
/** Apple's validation categories 1 to 10 (App Attest, iOS 27), in words. */
export type LaunchCategory =
  | 'platform'
  | 'testflight'
  | 'development'
  | 'app_store'
  | 'enterprise'
  | 'developer_id'
  | 'system_7'
  | 'system_8'
  | 'system_9'
  | 'none'
  | 'unknown';
export type Provisioning = 'factory' | 'rkp' | 'software';
export type AppRecognition = 'recognized' | 'unrecognized_version' | 'unevaluated';
export type AppLicensing = 'licensed' | 'unlicensed' | 'unevaluated';
export type IntegrityLabel = 'basic' | 'device' | 'strong' | 'virtual';
export type PlayProtect = 'no_issues' | 'no_data' | 'possible_risk' | 'medium_risk' | 'high_risk' | 'unevaluated';

/** Every threat that evidence or a signal can speak of. One spelling for hints and for proof. */
export const THREAT_NAMES = [
  'root',
  'emulator',
  'debugger',
  'hooks',
  'repackaged',
  'unofficial_store',
  'cloned',
  'device_changed',
  'malware',
  'overlay',
  'screenshot',
  'screen_recording',
  'remote_control',
  'automation',
  'vpn',
  'unsafe_wifi',
  'interception',
  'time_spoofing',
  'location_spoofing',
  'developer_mode',
  'adb',
  'no_passcode',
  'no_secure_hardware',
  'not_obfuscated',
  'external_storage',
] as const;
export type ThreatName = (typeof THREAT_NAMES)[number];

export interface AppFacts {
  /** Apple: `TEAMID.bundle.id`; Android: package name. */
  readonly id: Fact<string>;
  /** SHA-256 digests of the signing certificates, lower-case hex (Android). */
  readonly signers: Fact<readonly string[]>;
  /** Version as the platform states it: Android versionCode, Apple CFBundleVersion. */
  readonly build: Fact<string>;
  /** Version as the app states it, for example `4.2.0`. */
  readonly version: Fact<string>;
  /** App Attest environment that the key was made in. */
  readonly environment: Fact<AttestEnvironment>;
  readonly category: Fact<LaunchCategory>;
  /** Whether Google Play knows these bytes of the app. */
  readonly recognition: Fact<AppRecognition>;
  /** Whether the user got the app from Google Play. */
  readonly licensing: Fact<AppLicensing>;
  /** Whole hours since this build was registered as released: what a rule gives a store to learn a new version. */
  readonly releasedHours: Fact<number>;
}

export interface KeyFacts {
  readonly protection: Fact<KeyProtection>;
  /** Where the platform's attested key lives: on Android it is K, on iOS it is the App Attest key A. */
  readonly attestedLevel: Fact<SecurityLevel>;
  /** Level of the component that made the attestation itself. */
  readonly attesterLevel: Fact<SecurityLevel>;
  readonly origin: Fact<KeyOrigin>;
  /** KeyMint purposes, by number (2 = SIGN, 7 = ATTEST_KEY). */
  readonly purposes: Fact<readonly number[]>;
  /** `ec-p256`, `ec-p384`, `rsa-2048`, `ml-dsa-65`, … */
  readonly algorithm: Fact<string>;
}

export interface DeviceFacts {
  readonly bootState: Fact<BootState>;
  readonly locked: Fact<boolean>;
  /** SHA-256 style digest of the verified boot key, lower-case hex: the same for every device of a model or a custom OS. */
  readonly bootKey: Fact<string>;
  readonly osVersion: Fact<string>;
  readonly osBuild: Fact<string>;
  /** Apple: the system behind platform `ios`, where the certificate says it (from iOS 18 on). */
  readonly osFamily: Fact<OsFamily>;
  /** YYYY-MM. */
  readonly osPatch: Fact<string>;
  /** YYYY-MM-DD (or YYYY-MM). */
  readonly vendorPatch: Fact<string>;
  readonly bootPatch: Fact<string>;
  readonly brand: Fact<string>;
  readonly model: Fact<string>;
  /** Android API level. */
  readonly sdk: Fact<number>;
  /** Labels that a vendor's integrity service gives the device: Play Integrity's four, Huawei's one (`basic`). */
  readonly labels: Fact<readonly IntegrityLabel[]>;
}

export interface ChainFacts {
  /** Id of the trust anchor that the path ended at, for example `google-hw-rsa`. */
  readonly anchor: Fact<string>;
  readonly provisioning: Fact<Provisioning>;
  /** Certificates issued to the device in 30 days, from RKP provisioning info. */
  readonly certificatesIssued: Fact<number>;
  readonly revocation: Fact<'not_listed' | 'not_checked'>;
}

/** What a vendor's service says of the surroundings and the past of the device, beyond its integrity. */
export interface RuntimeFacts {
  readonly playProtect: Fact<PlayProtect>;
  /** Apps that may capture, control or cover the screen, as Play names them, lower case: `known_capturing`, … */
  readonly accessRisk: Fact<readonly string[]>;
  /** Play's recent device activity, 1 (few tokens) to 4 (many). */
  readonly activityLevel: Fact<number>;
  /** Bits that the operator set on this device before and that the vendor kept: `bit0`, `bit1`, `bit2`. */
  readonly deviceBits: Fact<readonly string[]>;
  /** Whether a person passed a captcha (web). */
  readonly captcha: Fact<boolean>;
}

/** What the server itself remembers of an instance. Proven by its own records. */
export interface HistoryFacts {
  /** Whole hours since the attestation of the key. */
  readonly attestedHours: Fact<number>;
  /** Whole hours since the last fresh platform evidence. */
  readonly freshHours: Fact<number>;
  /** Attested keys of the app on this device, approximately, from an App Attest receipt. */
  readonly riskMetric: Fact<number>;
  /** Signal providers that reported before and have gone silent. */
  readonly silentProviders: Fact<readonly string[]>;
  /** Advisories in force that name this app build, SDK, OS build or patch level. */
  readonly advisories: Fact<readonly string[]>;
  /** Whether the vendor keeps the mark of a ban on this device, where the app uses one. It survives a reinstall. */
  readonly banMark: Fact<boolean>;
}

/** A client-side hint, weighed by the policy, never proof. */
export interface Signal {
  readonly provider: string;
  readonly version: string;
  readonly name: string;
  readonly value: boolean;
}

/** Threats by name: raised or not, and how that is known. What is not here was not said. */
export type Threats = Readonly<Partial<Record<ThreatName, Fact<boolean>>>>;

export interface Facts {
  readonly v: 1;
  /** Formats that contributed, for example `apple-app-attest`. */
  readonly evidence: readonly string[];
  readonly platform: Fact<Platform>;
  readonly app: AppFacts;
  readonly key: KeyFacts;
  readonly device: DeviceFacts;
  readonly chain: ChainFacts;
  readonly runtime: RuntimeFacts;
  readonly history: HistoryFacts;
  /** What hardware, labels and signals say, under one set of names; proof outranks hints. */
  readonly threats: Threats;
  readonly signals: readonly Signal[];
  /** What could not be asked when these facts were gathered, for example `play_unavailable`. */
  readonly degraded: readonly string[];
}

const NO_STORE = { recognition: ABSENT, licensing: ABSENT, releasedHours: ABSENT };

/** Facts in which everything is absent: what every verifier starts from. */
export function noFacts(): Facts {
  return {
    v: 1,
    evidence: [],
    platform: ABSENT,
    app: {
      id: ABSENT,
      signers: ABSENT,
      build: ABSENT,
      version: ABSENT,
      environment: ABSENT,
      category: ABSENT,
      ...NO_STORE,
    },
    key: {
      protection: ABSENT,
      attestedLevel: ABSENT,
      attesterLevel: ABSENT,
      origin: ABSENT,
      purposes: ABSENT,
      algorithm: ABSENT,
    },
    device: {
      bootState: ABSENT,
      locked: ABSENT,
      bootKey: ABSENT,
      osVersion: ABSENT,
      osBuild: ABSENT,
      osFamily: ABSENT,
      osPatch: ABSENT,
      vendorPatch: ABSENT,
      bootPatch: ABSENT,
      brand: ABSENT,
      model: ABSENT,
      sdk: ABSENT,
      labels: ABSENT,
    },
    chain: { anchor: ABSENT, provisioning: ABSENT, certificatesIssued: ABSENT, revocation: ABSENT },
    runtime: { playProtect: ABSENT, accessRisk: ABSENT, activityLevel: ABSENT, deviceBits: ABSENT, captcha: ABSENT },
    history: {
      attestedHours: ABSENT,
      freshHours: ABSENT,
      riskMetric: ABSENT,
      silentProviders: ABSENT,
      advisories: ABSENT,
      banMark: ABSENT,
    },
    threats: {},
    signals: [],
    degraded: [],
  };
}

/** Facts as they were stored, of whatever release: what a later release added is absent in them. */
export type StoredFacts = Pick<Facts, 'v'> & { readonly [K in keyof Facts]?: Partial<Facts[K]> | Facts[K] };

/** Fills in what the release that stored these facts did not know. */
export function completeFacts(stored: StoredFacts): Facts {
  const none = noFacts();
  return {
    ...none,
    ...stored,
    app: { ...none.app, ...stored.app },
    key: { ...none.key, ...stored.key },
    device: { ...none.device, ...stored.device },
    chain: { ...none.chain, ...stored.chain },
    runtime: { ...none.runtime, ...stored.runtime },
    history: { ...none.history, ...stored.history },
  } as Facts; // every member of `none`, with those that were stored in their places
}
