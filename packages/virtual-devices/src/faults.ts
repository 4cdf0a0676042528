import { toBase64url } from '@assay/formats';
import { BOOT, LEVEL, ORIGIN, PURPOSE } from './android/key-description.ts';
import type { AndroidSpec } from './android/phone.ts';
import type { IosSpec } from './ios/phone.ts';
import { alterStatement, askElsewhere, stripEvidence, swapEncryptionKey, type Tampering } from './tampering.ts';

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

/** One way in which a phone, or the way to it, is not what it should be: exactly one point, on each platform it exists on. */
export interface FaultRow {
  readonly label: string;
  readonly differs: string;
  readonly android?: PhoneDifference<AndroidSpec> | WireDifference;
  readonly ios?: PhoneDifference<IosSpec> | WireDifference;
}

const onBoth = (difference: WireDifference): Pick<FaultRow, 'android' | 'ios'> => ({
  android: difference,
  ios: difference,
});

/** A binding of another statement, in its form. */
const ELSEWHERE = toBase64url(new Uint8Array(32).fill(0x5a));
const anotherBinding = (): string => ELSEWHERE;

/** Every fault. The expected codes are those of the strict policy and of a server that trusts the test roots. */
export const FAULTS = {
  'other-signer': {
    label: 'Repackaged app',
    differs: 'The package is signed by another certificate.',
    android: { at: 'evidence', code: 'android.signer_mismatch', changes: { signer: 'ee'.repeat(32) } },
  },
  'other-app': {
    label: 'Another app',
    differs: 'Another package or bundle asks.',
    android: { at: 'evidence', code: 'android.package_mismatch', changes: { package: 'com.example.copy' } },
    ios: { at: 'evidence', code: 'apple.app_id_mismatch', changes: { appId: 'TEST000000.com.example.copy' } },
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
  },
  'foreign-challenge': {
    label: 'Challenge of another server',
    differs: 'The statement names a challenge that another server made.',
    ...onBoth({ at: 'message', code: 'tokens.challenge_invalid', tampering: askElsewhere }),
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
  },
  'altered-statement': {
    label: 'Altered on the way',
    differs: 'The app’s version in the statement is raised on the way.',
    ...onBoth({ at: 'message', code: 'tokens.request_signature_invalid', tampering: alterStatement }),
  },
  'stripped-evidence': {
    label: 'Stripped evidence',
    differs: 'The evidence is taken away on the way.',
    ...onBoth({ at: 'message', code: 'tokens.evidence_undeclared', tampering: stripEvidence }),
  },
  'lookalike-root': {
    label: 'Look-alike root',
    differs: 'The certificates have the right names and other keys.',
    android: { at: 'evidence', code: 'android.root_untrusted', changes: { authorities: 'lookalike' } },
    ios: { at: 'evidence', code: 'x509.signature_invalid', changes: { authorities: 'lookalike' } },
  },
  'development-environment': {
    label: 'Development build',
    differs: 'The App Attest key was made in the development environment.',
    ios: { at: 'policy', code: 'policy.environment_not_allowed', changes: { environment: 'development' } },
  },
} as const satisfies Readonly<Record<string, FaultRow>>;

export type Fault = keyof typeof FAULTS;
