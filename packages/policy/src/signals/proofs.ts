import { type Facts, knownValue, provenValue, type ThreatName } from '@assay/core';

/** What an operator registered of the app, as far as proof depends on it. */
export interface Registered {
  /** SHA-256 digests of the signing certificates that the app may have, lower-case hex. */
  readonly signers?: readonly string[];
}

/** One way in which verified evidence speaks of a threat. */
export interface ProofRow {
  readonly threat: ThreatName;
  /** Whether the threat is raised by it, or ruled out. */
  readonly raised: boolean;
  /** `claimed`: verified evidence hints at it without proving it. */
  readonly known: 'proven' | 'claimed';
  /** The evidence that says so. */
  readonly by: string;
  readonly holds: (facts: Facts, registered: Registered) => boolean;
  readonly when: string;
  /** What it really proves, and what it does not. */
  readonly means: string;
}

const KEY = 'android-key';
const PLAY = 'play-integrity';
const APPLE = 'apple-app-attest';

const isHardwareKey = ({ key, platform }: Facts, on: 'android' | 'ios'): boolean => {
  const level = provenValue(key.attestedLevel);
  return provenValue(platform) === on && level !== undefined && level !== 'software';
};

const isSoftwareChain = ({ evidence, chain, key }: Facts): boolean =>
  evidence.includes(KEY) &&
  (knownValue(chain.provisioning) === 'software' || knownValue(key.attesterLevel) === 'software');

const hasLabel = ({ device }: Facts, label: 'strong' | 'virtual'): boolean =>
  provenValue(device.labels)?.includes(label) ?? false;

/** Undefined where Play did not look, or nobody verified that it did. */
const seesAccess = ({ runtime }: Facts, kind: string): boolean | undefined =>
  provenValue(runtime.accessRisk)?.some((each) => each.endsWith(`_${kind}`));

/** Undefined where there is nothing to compare. */
function isRegisteredSigner({ app }: Facts, by: string, { signers = [] }: Registered): boolean | undefined {
  const fact = app.signers;
  if (fact.known !== 'proven' || fact.by !== by || fact.value.length === 0 || signers.length === 0) return undefined;
  return fact.value.some((each) => signers.includes(each));
}

const accessRow = (threat: ThreatName, kind: string, may: string): readonly ProofRow[] => [
  {
    ...{ threat, raised: true, known: 'proven', by: PLAY, holds: (facts) => seesAccess(facts, kind) === true },
    when: `Play's app access risk names \`known_${kind}\` or \`unknown_${kind}\``,
    means: `An app that may ${may} was running, by Google's word. Not that it did. \`known_\` apps come from Play or the maker; a rule that minds only the others looks at \`runtime.accessRisk\`.`,
  },
  {
    ...{ threat, raised: false, known: 'proven', by: PLAY, holds: (facts) => seesAccess(facts, kind) === false },
    when: `Play's app access risk was evaluated and names no \`${kind}\``,
    means: `Google saw no running app that may ${may}. Verified accessibility services are never counted.`,
  },
];

/** Formats that prove who signed the app. */
const SIGNED_FORMATS = [KEY, PLAY, 'huawei-sysintegrity', 'harmony-sysintegrity'];

const signerRows = (by: string): readonly ProofRow[] => [
  {
    ...{ threat: 'repackaged', raised: true, known: 'proven', by },
    holds: (facts, registered) => isRegisteredSigner(facts, by, registered) === false,
    when: '`app.signers` is proven, and none of them is registered',
    means:
      "The app was signed by somebody else. An unregistered key of your own looks the same: the appraisal names the digest. Play's `unrecognized_version` by itself proves nothing: every build is unrecognised until Play knows it.",
  },
  {
    ...{ threat: 'repackaged', raised: false, known: 'proven', by },
    holds: (facts, registered) => isRegisteredSigner(facts, by, registered) === true,
    when: '`app.signers` is proven, and one of them is registered',
    means: 'The package carries your signature. Not that its code is unchanged in memory: that is `hooks`.',
  },
];

/** Every way from verified facts to a threat. Several may hold; a raised one then counts. */
export const PROOFS: readonly ProofRow[] = [
  {
    ...{ threat: 'root', raised: true, known: 'proven', by: KEY },
    holds: ({ device }) => provenValue(device.locked) === false,
    when: '`device.locked` is proven false',
    means:
      'The owner, or whoever held the phone, may run any system. Not that anybody has root now; to an API it is the same.',
  },
  {
    ...{ threat: 'root', raised: true, known: 'proven', by: KEY },
    holds: ({ device }) => ['unverified', 'failed'].includes(provenValue(device.bootState) ?? ''),
    when: '`device.bootState` is proven `unverified` or `failed`',
    means:
      'What runs is not what was signed. `self_signed` says nothing here: it is another system on a locked phone, and its boot key tells which.',
  },
  {
    ...{ threat: 'root', raised: false, known: 'proven', by: KEY },
    holds: ({ device }) => provenValue(device.bootState) === 'verified' && provenValue(device.locked) === true,
    when: '`device.bootState` is proven `verified` and `device.locked` true',
    means:
      "The maker's system was booted on a locked phone. Not that no hole was used since, and not against a leaked attestation key, whose holder can say so of any phone.",
  },
  {
    ...{ threat: 'root', raised: false, known: 'proven', by: PLAY, holds: (facts) => hasLabel(facts, 'strong') },
    when: 'Play gives the label `strong`',
    means:
      'Google checked a hardware-backed proof of a verified boot. `device` alone rests on software on older systems and proves nothing here; the absence of labels has many reasons and proves nothing either.',
  },
  {
    ...{ threat: 'emulator', raised: true, known: 'proven', by: PLAY, holds: (facts) => hasLabel(facts, 'virtual') },
    when: 'Play gives the label `virtual`',
    means: 'An Android in a virtual machine that Google approves, such as games on a computer.',
  },
  {
    ...{ threat: 'emulator', raised: true, known: 'claimed', by: KEY, holds: isSoftwareChain },
    when: 'the chain or its attester is in software',
    means:
      'Emulators attest so, and so do phones launched with Android 7 and whoever uses the public software keys: a hint, no proof.',
  },
  {
    ...{
      threat: 'emulator',
      raised: false,
      known: 'proven',
      by: KEY,
      holds: (facts) => isHardwareKey(facts, 'android'),
    },
    when: 'Android, and `key.attestedLevel` is proven `tee` or `strongbox`',
    means:
      'The key is in the hardware of a phone. Not that the app runs on that phone: evidence can be relayed, and attestation keys leak.',
  },
  {
    ...{ threat: 'emulator', raised: false, known: 'proven', by: APPLE, holds: (facts) => isHardwareKey(facts, 'ios') },
    when: 'iOS, and `key.attestedLevel` is proven `secure_enclave`',
    means: 'Apple certified a key in the hardware of an Apple device; the simulator has none. Relaying stays possible.',
  },
  {
    ...{ threat: 'no_secure_hardware', raised: true, known: 'proven', by: KEY, holds: isSoftwareChain },
    when: 'the chain or its attester is in software',
    means: 'No hardware vouches for this key. Not that the phone has none.',
  },
  {
    ...{
      threat: 'no_secure_hardware',
      raised: false,
      known: 'proven',
      by: KEY,
      holds: (facts) => isHardwareKey(facts, 'android'),
    },
    when: 'Android, and `key.attestedLevel` is proven `tee` or `strongbox`',
    means: 'The attested key is in hardware.',
  },
  {
    ...{
      threat: 'no_secure_hardware',
      raised: false,
      known: 'proven',
      by: APPLE,
      holds: (facts) => isHardwareKey(facts, 'ios'),
    },
    when: 'iOS, and `key.attestedLevel` is proven `secure_enclave`',
    means: 'The App Attest key is in hardware. Not the instance key, of which only the app speaks.',
  },
  ...SIGNED_FORMATS.flatMap(signerRows),
  {
    ...{ threat: 'repackaged', raised: false, known: 'proven', by: PLAY },
    holds: ({ app }) => provenValue(app.recognition) === 'recognized',
    when: '`app.recognition` is proven `recognized`',
    means: 'Google Play distributes these bytes under this package and certificate.',
  },
  {
    ...{ threat: 'unofficial_store', raised: true, known: 'proven', by: PLAY },
    holds: ({ app }) => provenValue(app.licensing) === 'unlicensed',
    when: '`app.licensing` is proven `unlicensed`',
    means: 'The account did not get the app from Google Play. Where you also publish elsewhere, that is no threat.',
  },
  {
    ...{ threat: 'unofficial_store', raised: false, known: 'proven', by: PLAY },
    holds: ({ app }) => provenValue(app.licensing) === 'licensed' && provenValue(app.recognition) === 'recognized',
    when: '`app.licensing` is proven `licensed` and `app.recognition` `recognized`',
    means:
      "The account has the app from Google Play and runs Play's bytes. A licence alone would not say where this copy came from.",
  },
  {
    ...{ threat: 'unofficial_store', raised: true, known: 'proven', by: APPLE },
    holds: ({ app }) => ['enterprise', 'developer_id'].includes(provenValue(app.category) ?? ''),
    when: '`app.category` is proven `enterprise` or `developer_id`',
    means: 'Apple says that the app was distributed outside its stores.',
  },
  {
    ...{ threat: 'unofficial_store', raised: false, known: 'proven', by: APPLE },
    holds: ({ app }) => ['app_store', 'testflight'].includes(provenValue(app.category) ?? ''),
    when: '`app.category` is proven `app_store` or `testflight`',
    means: 'Apple says where the app came from (iOS 27 and later).',
  },
  ...accessRow('screen_recording', 'capturing', 'view the screen'),
  ...accessRow('remote_control', 'controlling', 'control the device'),
  ...accessRow('overlay', 'overlays', 'draw over others'),
  {
    ...{ threat: 'malware', raised: true, known: 'proven', by: PLAY },
    holds: ({ runtime }) => ['medium_risk', 'high_risk'].includes(provenValue(runtime.playProtect) ?? ''),
    when: '`runtime.playProtect` is proven `medium_risk` or `high_risk`',
    means:
      'Play Protect found apps that it calls harmful, somewhere on the device. Refusing `high_risk` has cost others some 14 % of devices that pass all else: watch before you refuse.',
  },
  {
    ...{ threat: 'malware', raised: false, known: 'proven', by: PLAY },
    holds: ({ runtime }) => provenValue(runtime.playProtect) === 'no_issues',
    when: '`runtime.playProtect` is proven `no_issues`',
    means: 'Play Protect is on and found nothing. `no_data` and `possible_risk` (it is off) say nothing.',
  },
];
