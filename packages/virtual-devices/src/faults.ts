import { toBase64, toBase64url } from '@assay/formats';
import { BOOT, LEVEL, ORIGIN, PURPOSE } from './android/key-description.ts';
import type { AndroidSpec } from './android/phone.ts';
import type { HuaweiSpec } from './huawei/result.ts';
import { HUAWEI_HOST } from './huawei/service.ts';
import type { IosSpec } from './ios/phone.ts';
import type { PlaySpec } from './play/verdict.ts';
import {
  alterStatement,
  askElsewhere,
  stripCompanions,
  stripEvidence,
  swapEncryptionKey,
  type Tampering,
} from './tampering.ts';

/** Where a fault is noticed: by the checks of the message, of the evidence, or by the policy over proven facts. */
type Stage = 'message' | 'evidence' | 'policy';

interface Difference {
  /** Reason code that the server stops with. */
  readonly code: string;
  readonly at: Stage;
}

interface PhoneDifference<S> extends Difference {
  readonly changes: Partial<S>;
}

interface WireDifference extends Difference {
  readonly tampering: Tampering;
}

/**
 * Kinds of evidence that a fault may be in: key attestation, App Attest, a Play token, the same beside a key attestation, and
 * results of HMS and HarmonyOS; web pages, simulators and App Check have only what goes wrong on the way.
 */
export interface FaultSpecs {
  readonly android: AndroidSpec;
  readonly ios: IosSpec;
  readonly play: PlaySpec;
  readonly beside: PlaySpec;
  readonly hms: HuaweiSpec;
  readonly harmony: HuaweiSpec;
  readonly appCheck: object;
  readonly web: object;
  readonly dev: object;
}

export type FaultKind = keyof FaultSpecs;

/** One way in which a phone, or the way to it, is not what it should be: exactly one point, in each kind it exists in. */
export type FaultRow = {
  readonly [K in FaultKind]?: PhoneDifference<FaultSpecs[K]> | WireDifference;
} & {
  readonly label: string;
  readonly differs: string;
};

const KINDS: readonly FaultKind[] = ['android', 'ios', 'play', 'hms', 'harmony', 'appCheck', 'web', 'dev'];

const onAll = (difference: WireDifference): { readonly [K in FaultKind]?: WireDifference } =>
  Object.fromEntries(KINDS.map((kind) => [kind, difference]));

/** Huawei's services say the same of the same. */
const onHuawei = (difference: PhoneDifference<HuaweiSpec> | WireDifference): Pick<FaultRow, 'hms' | 'harmony'> => ({
  hms: difference,
  harmony: difference,
});

/** A binding of another statement, in its form. */
const ELSEWHERE = toBase64url(new Uint8Array(32).fill(0x5a));
const anotherBinding = (): string => ELSEWHERE;

const STALE_MS = 20 * 60_000;

/** 32 other bytes as HarmonyOS takes them. */
const ELSEWHERE_BASE64 = toBase64(new Uint8Array(32).fill(0x5a));

/**
 * Every fault. The expected codes are those of a server that trusts the test roots and judges by the strict policy; what a
 * token says by itself, by one that wants the app recognised (Play) and the label `device` (Play) or `basic` (Huawei).
 */
export const FAULTS = {
  'other-signer': {
    label: 'Repackaged app',
    differs: 'The package is signed by another certificate.',
    android: { at: 'evidence', code: 'android.signer_mismatch', changes: { signer: 'ee'.repeat(32) } },
    play: { at: 'evidence', code: 'play.signer_mismatch', changes: { signer: 'ee'.repeat(32) } },
    ...onHuawei({ at: 'evidence', code: 'huawei.signer_mismatch', changes: { signer: 'ee'.repeat(32) } }),
  },
  'other-app': {
    label: 'Another app',
    differs: 'Another package or bundle asks.',
    android: { at: 'evidence', code: 'android.package_mismatch', changes: { package: 'com.example.copy' } },
    ios: { at: 'evidence', code: 'apple.app_id_mismatch', changes: { appId: 'TEST000000.com.example.copy' } },
    play: { at: 'evidence', code: 'play.request_package_mismatch', changes: { package: 'com.example.copy' } },
    ...onHuawei({ at: 'evidence', code: 'huawei.package_mismatch', changes: { package: 'com.example.copy' } }),
  },
  'unlocked-bootloader': {
    label: 'Unlocked bootloader',
    differs: 'The bootloader is unlocked, so nothing vouches for the system.',
    android: {
      at: 'policy',
      code: 'policy.bootloader_unlocked',
      changes: { locked: false, bootState: BOOT.unverified },
    },
  },
  'self-signed-boot': {
    label: 'Self-signed system',
    differs: 'The system is verified by a key of the owner’s.',
    android: { at: 'policy', code: 'policy.boot_not_verified', changes: { bootState: BOOT.selfSigned } },
  },
  'software-key': {
    label: 'Key in software',
    differs: 'The key lives in software, and the attester in hardware says so.',
    android: {
      at: 'policy',
      code: 'policy.attested_key_software',
      changes: { keyLevel: LEVEL.software },
    },
  },
  emulator: {
    label: 'Emulator',
    differs: 'The chain ends at the root of software attestation.',
    android: { at: 'evidence', code: 'android.root_untrusted', changes: { issuers: 'software' } },
  },
  'replayed-evidence': {
    label: 'Replayed evidence',
    differs: 'The evidence was made for another statement.',
    android: { at: 'evidence', code: 'android.challenge_mismatch', changes: { challengeFor: anotherBinding } },
    ios: { at: 'evidence', code: 'apple.nonce_mismatch', changes: { challengeFor: anotherBinding } },
    play: { at: 'evidence', code: 'play.binding_mismatch', changes: { bindingFor: anotherBinding } },
    hms: { at: 'evidence', code: 'huawei.nonce_mismatch', changes: { bindingFor: anotherBinding } },
    harmony: { at: 'evidence', code: 'huawei.nonce_mismatch', changes: { bindingFor: () => ELSEWHERE_BASE64 } },
  },
  'foreign-challenge': {
    label: 'Challenge of another server',
    differs: 'The statement names a challenge that another server made.',
    ...onAll({ at: 'message', code: 'tokens.challenge_invalid', tampering: askElsewhere }),
  },
  'revoked-certificate': {
    label: 'Leaked attestation key',
    differs: 'The status list names the attestation certificate.',
    android: { at: 'evidence', code: 'android.revoked', changes: { issuers: 'leaked' } },
  },
  'stuck-counter': {
    label: 'Replayed counter',
    differs: 'The counter of the App Attest key does not rise: noticed at the first refresh.',
    ios: { at: 'evidence', code: 'apple.counter_replayed', changes: { counterStep: 0 } },
  },
  'extended-chain': {
    label: 'Extended chain',
    differs: 'The attested key certified a key that was made outside.',
    android: { at: 'evidence', code: 'android.key_description_in_issuer', changes: { chain: 'extended' } },
  },
  'attest-key': {
    label: 'Key that attests',
    differs: 'The key may also attest other keys.',
    android: {
      at: 'policy',
      code: 'policy.key_can_attest',
      changes: { purposes: [PURPOSE.sign, PURPOSE.attestKey] },
    },
  },
  'imported-key': {
    label: 'Imported key',
    differs: 'The key was made outside and imported.',
    android: { at: 'policy', code: 'policy.key_not_generated', changes: { origin: ORIGIN.imported } },
  },
  'swapped-encryption-key': {
    label: 'Secrets for somebody else',
    differs: 'After the evidence was made, another encryption key is put into the statement, which K signs again.',
    android: { at: 'evidence', code: 'android.challenge_mismatch', tampering: swapEncryptionKey },
    ios: { at: 'evidence', code: 'apple.nonce_mismatch', tampering: swapEncryptionKey },
    play: { at: 'evidence', code: 'play.binding_mismatch', tampering: swapEncryptionKey },
    ...onHuawei({ at: 'evidence', code: 'huawei.nonce_mismatch', tampering: swapEncryptionKey }),
    web: { at: 'evidence', code: 'web.binding_mismatch', tampering: swapEncryptionKey },
    dev: { at: 'evidence', code: 'dev.binding_mismatch', tampering: swapEncryptionKey },
  },
  'altered-statement': {
    label: 'Altered on the way',
    differs: 'The app’s version in the statement is raised on the way.',
    ...onAll({ at: 'message', code: 'tokens.request_signature_invalid', tampering: alterStatement }),
  },
  'stripped-evidence': {
    label: 'Stripped evidence',
    differs: 'The evidence is taken away on the way.',
    ...onAll({ at: 'message', code: 'tokens.evidence_undeclared', tampering: stripEvidence }),
  },
  'lookalike-root': {
    label: 'Look-alike root',
    differs: 'The certificates have the right names and other keys.',
    android: { at: 'evidence', code: 'android.root_untrusted', changes: { authorities: 'lookalike' } },
    ios: { at: 'evidence', code: 'x509.signature_invalid', changes: { authorities: 'lookalike' } },
    play: { at: 'evidence', code: 'play.signature_invalid', changes: { authorities: 'lookalike' } },
    ...onHuawei({ at: 'evidence', code: 'x509.signature_invalid', changes: { authorities: 'lookalike' } }),
  },
  'development-environment': {
    label: 'Development build',
    differs: 'The App Attest key was made in the development environment.',
    ios: { at: 'policy', code: 'policy.environment_not_allowed', changes: { environment: 'development' } },
  },
  'unrecognised-version': {
    label: 'Version that Play does not know',
    differs: 'Google Play does not recognise these bytes of the app.',
    play: { at: 'policy', code: 'policy.app_unrecognized', changes: { recognition: 'UNRECOGNIZED_VERSION' } },
  },
  'basic-only': {
    label: 'Uncertified device',
    differs: 'Google Play gives the device the weakest label alone.',
    play: { at: 'policy', code: 'policy.integrity_insufficient', changes: { labels: ['MEETS_BASIC_INTEGRITY'] } },
  },
  'rooted-device': {
    label: 'Rooted device',
    differs: 'Huawei’s service found the device rooted.',
    ...onHuawei({
      at: 'policy',
      code: 'policy.integrity_insufficient',
      changes: { basicIntegrity: false, detail: ['root'] },
    }),
  },
  'stale-token': {
    label: 'Stale token',
    differs: 'The vendor’s token was made twenty minutes ago.',
    play: { at: 'evidence', code: 'play.stale', changes: { ageMs: STALE_MS } },
    ...onHuawei({ at: 'evidence', code: 'huawei.stale', changes: { ageMs: STALE_MS } }),
  },
  'host-lookalike': {
    label: 'Look-alike host',
    differs: 'The signer’s name only contains that of Huawei’s service.',
    ...onHuawei({
      at: 'evidence',
      code: 'huawei.host_mismatch',
      changes: { host: `x${HUAWEI_HOST}.evil.example` },
    }),
  },
  'forged-verdict': {
    label: 'Forged verdict beside a key',
    differs: 'The Play token beside a genuine key attestation is signed by another key.',
    beside: { at: 'evidence', code: 'play.signature_invalid', changes: { authorities: 'lookalike' } },
  },
  'foreign-verdict': {
    label: 'Verdict for another request',
    differs: 'The Play token beside a genuine key attestation was requested for another statement.',
    beside: { at: 'evidence', code: 'play.binding_mismatch', changes: { bindingFor: anotherBinding } },
  },
  'two-phones': {
    label: 'Evidence of two phones',
    differs: 'The Play token beside a genuine key attestation is of a phone with another system.',
    beside: { at: 'evidence', code: 'service.evidence_inconsistent', changes: { sdk: 29 } },
  },
  'two-versions': {
    label: 'Evidence of two versions',
    differs: 'The Play token beside a genuine key attestation is of another version of the app.',
    beside: { at: 'evidence', code: 'service.evidence_inconsistent', changes: { versionCode: 1 } },
  },
  'stripped-companion': {
    label: 'Stripped Play token',
    differs: 'The Play token beside a genuine key attestation is taken away on the way.',
    beside: { at: 'message', code: 'tokens.evidence_undeclared', tampering: stripCompanions },
  },
} as const satisfies Readonly<Record<string, FaultRow>>;

export type Fault = keyof typeof FAULTS;
