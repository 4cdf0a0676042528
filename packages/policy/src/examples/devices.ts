import { claimed, type Facts, noFacts, proven } from '@assay/core';
import { provenThreats } from '../signals/index.ts';

const NONE = noFacts();
const APP = 'com.example.app';
const SIGNER = '5f'.repeat(32);
const APPLE = 'apple-app-attest';
const KEY = 'android-key';
const PLAY = 'play-integrity';
const HOURS_OF_A_YEAR = 24 * 365;

/** What the server knows of every instance. */
const HISTORY: Facts['history'] = {
  ...NONE.history,
  attestedHours: proven(1, 'server'),
  freshHours: proven(1, 'server'),
  silentProviders: proven([], 'server'),
  advisories: proven([], 'server'),
};

const BASE: Facts = {
  ...NONE,
  app: { ...NONE.app, releasedHours: proven(HOURS_OF_A_YEAR, 'server'), version: claimed('4.2.0', 'the app') },
  history: HISTORY,
};

/** A phone with Key Attestation under Google's roots: the example that the other Android devices differ from. */
const ANDROID_TEE: Facts = {
  ...BASE,
  evidence: [KEY],
  platform: proven('android', KEY),
  app: { ...BASE.app, id: proven(APP, KEY), signers: proven([SIGNER], KEY), build: proven('420', KEY) },
  key: {
    protection: proven('hardware', KEY),
    attestedLevel: proven('tee', KEY),
    attesterLevel: proven('tee', KEY),
    origin: proven('generated', KEY),
    purposes: proven([2], KEY),
    algorithm: proven('ec-p256', KEY),
  },
  device: {
    ...NONE.device,
    bootState: proven('verified', KEY),
    locked: proven(true, KEY),
    bootKey: proven('1a'.repeat(32), KEY),
    osVersion: proven('16.0.0', KEY),
    osPatch: proven('2026-10', KEY),
    vendorPatch: proven('2026-10-05', KEY),
    bootPatch: proven('2026-10-05', KEY),
    brand: proven('google', KEY),
    model: proven('Pixel 8a', KEY),
  },
  chain: {
    anchor: proven('google-hw-rsa', KEY),
    provisioning: proven('factory', KEY),
    certificatesIssued: NONE.chain.certificatesIssued,
    revocation: proven('not_listed', KEY),
  },
};

const ANDROID_STRONGBOX: Facts = {
  ...ANDROID_TEE,
  key: { ...ANDROID_TEE.key, attestedLevel: proven('strongbox', KEY), attesterLevel: proven('strongbox', KEY) },
};

const ANDROID_RKP: Facts = {
  ...ANDROID_TEE,
  chain: {
    ...ANDROID_TEE.chain,
    anchor: proven('google-hw-ec', KEY),
    provisioning: proven('rkp', KEY),
    certificatesIssued: proven(12, KEY),
  },
};

/** Another system on a locked phone: it names the app by its own word, which is a claim. */
const GRAPHENEOS: Facts = {
  ...ANDROID_STRONGBOX,
  app: { ...BASE.app, id: claimed(APP, KEY), signers: claimed([SIGNER], KEY), build: claimed('420', KEY) },
  device: {
    ...ANDROID_STRONGBOX.device,
    bootState: proven('self_signed', KEY),
    bootKey: proven('55d3c2323db91bb91f20d38d015e85112d038f6b6b5738fe352c1a80dba57023', KEY),
  },
};

/** Software keys under a software root, as emulators make them: everything is a claim. */
const EMULATOR: Facts = {
  ...BASE,
  evidence: [KEY],
  platform: claimed('android', KEY),
  app: { ...BASE.app, id: claimed(APP, KEY), signers: claimed([SIGNER], KEY), build: claimed('420', KEY) },
  key: {
    protection: claimed('software', KEY),
    attestedLevel: claimed('software', KEY),
    attesterLevel: claimed('software', KEY),
    origin: claimed('generated', KEY),
    purposes: claimed([2], KEY),
    algorithm: claimed('ec-p256', KEY),
  },
  device: { ...NONE.device, osVersion: claimed('16.0.0', KEY), osPatch: claimed('2026-10', KEY) },
  chain: { ...NONE.chain, anchor: claimed('google-sw-ec', KEY), revocation: proven('not_checked', KEY) },
};

/** Play Integrity alone, from a certified phone: nothing is known of the key. */
const PLAY_ONLY: Facts = {
  ...BASE,
  evidence: [PLAY],
  platform: proven('android', PLAY),
  app: {
    ...BASE.app,
    id: proven(APP, PLAY),
    signers: proven([SIGNER], PLAY),
    build: proven('420', PLAY),
    recognition: proven('recognized', PLAY),
    licensing: proven('licensed', PLAY),
  },
  key: { ...NONE.key, protection: claimed('software', 'the app') },
  device: { ...NONE.device, sdk: proven(36, PLAY), labels: proven(['basic', 'device', 'strong'], PLAY) },
  runtime: {
    ...NONE.runtime,
    playProtect: proven('no_issues', PLAY),
    accessRisk: proven([], PLAY),
    activityLevel: proven(1, PLAY),
  },
};

const ANDROID_PLAY: Facts = {
  ...ANDROID_TEE,
  evidence: [KEY, PLAY],
  app: { ...ANDROID_TEE.app, recognition: PLAY_ONLY.app.recognition, licensing: PLAY_ONLY.app.licensing },
  device: { ...ANDROID_TEE.device, sdk: PLAY_ONLY.device.sdk, labels: PLAY_ONLY.device.labels },
  runtime: PLAY_ONLY.runtime,
};

/** An iPhone before iOS 27: nothing says how the app was launched, and no hardware says where the instance key lives. */
const IPHONE: Facts = {
  ...BASE,
  evidence: [APPLE],
  platform: proven('ios', APPLE),
  app: { ...BASE.app, id: proven(`ABCDE12345.${APP}`, APPLE), environment: proven('production', APPLE) },
  key: {
    ...NONE.key,
    protection: claimed('app_asserted', APPLE),
    attestedLevel: proven('secure_enclave', APPLE),
    origin: proven('generated', APPLE),
    algorithm: proven('ec-p256', APPLE),
  },
  device: {
    ...NONE.device,
    osFamily: proven('ios', APPLE),
    osVersion: proven('18.6', APPLE),
    osBuild: proven('22G86', APPLE),
  },
  chain: { ...NONE.chain, anchor: proven('apple-app-attest', APPLE) },
};

const IPHONE_IOS27: Facts = {
  ...IPHONE,
  app: { ...IPHONE.app, category: proven('app_store', APPLE), build: proven('420', APPLE) },
  device: { ...IPHONE.device, osVersion: proven('27.0', APPLE), osBuild: proven('25A354', APPLE) },
};

function huawei(by: 'huawei-sysintegrity' | 'harmony-sysintegrity', platform: 'android' | 'harmonyos'): Facts {
  return {
    ...BASE,
    evidence: [by],
    platform: proven(platform, by),
    app: { ...BASE.app, id: proven(APP, by), signers: proven([SIGNER], by) },
    key: { ...NONE.key, protection: claimed('software', 'the app') },
    device: { ...NONE.device, labels: proven(['basic'], by) },
    chain: { ...NONE.chain, anchor: proven('huawei-cbg-root', by) },
  };
}

const WEB: Facts = {
  ...BASE,
  evidence: ['web'],
  platform: proven('web', 'web'),
  app: { ...BASE.app, id: proven('app.example.com', 'web') },
  key: { ...NONE.key, protection: claimed('software', 'web') },
  runtime: { ...NONE.runtime, captcha: proven(true, 'web') },
};

const DEV: Facts = {
  ...BASE,
  evidence: ['dev'],
  platform: proven('dev', 'dev'),
  key: { ...NONE.key, protection: claimed('software', 'dev') },
};

const APP_CHECK: Facts = {
  ...BASE,
  evidence: ['firebase-app-check'],
  platform: claimed('android', 'firebase-app-check'),
  app: { ...BASE.app, id: proven('1:1234567890:android:abcdef', 'firebase-app-check') },
  key: { ...NONE.key, protection: claimed('software', 'firebase-app-check') },
};

/** Threats follow from the other facts, as in an appraisal. */
const withThreats = (facts: Facts): Facts => ({ ...facts, threats: provenThreats(facts) });

/** Facts of typical devices, which the examples of policies start from. */
export const EXAMPLE_DEVICES: Readonly<Record<string, Facts>> = Object.fromEntries(
  Object.entries({
    'android-tee': ANDROID_TEE,
    'android-strongbox': ANDROID_STRONGBOX,
    'android-rkp': ANDROID_RKP,
    'android-play': ANDROID_PLAY,
    grapheneos: GRAPHENEOS,
    iphone: IPHONE,
    'iphone-ios27': IPHONE_IOS27,
    'play-only': PLAY_ONLY,
    huawei: huawei('huawei-sysintegrity', 'android'),
    harmony: huawei('harmony-sysintegrity', 'harmonyos'),
    'app-check': APP_CHECK,
    web: WEB,
    dev: DEV,
    emulator: EMULATOR,
    nothing: NONE,
  }).map(([name, facts]) => [name, withThreats(facts)]),
);

/** The time of every example that names none: 2026-11-01. */
export const EXAMPLE_TIME: number = Date.UTC(2026, 10, 1);
