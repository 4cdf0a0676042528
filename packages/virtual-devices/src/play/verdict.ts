import { toBase64url } from '@assay/formats';

/** What Google Play says of one app on one test phone. A fault changes one member. */
export interface PlaySpec {
  readonly package: string;
  /** SHA-256 of the signing certificate, hex. */
  readonly signer: string;
  readonly versionCode: number;
  readonly sdk: number;
  readonly recognition: 'PLAY_RECOGNIZED' | 'UNRECOGNIZED_VERSION';
  readonly labels: readonly string[];
  /** Milliseconds since the verdict was made. */
  readonly ageMs: number;
  /** Look-alikes sign with another key. */
  readonly authorities: 'genuine' | 'lookalike';
  /** The binding that the token is requested for, given the one that was asked for. */
  readonly bindingFor: (asked: string) => string;
}

/** Standard requests bind a text, classic ones the bytes that a text spells. */
export type PlayRequest = 'standard' | 'classic';

/** A verdict about a phone on which nothing is found (`developer.android.com/google/play/integrity/verdicts`). */
export function verdictOf(spec: PlaySpec, request: PlayRequest, binding: string, now: number): object {
  const bound = spec.bindingFor(binding);
  return {
    requestDetails: {
      requestPackageName: spec.package,
      timestampMillis: `${now - spec.ageMs}`,
      ...(request === 'standard' ? { requestHash: bound } : { nonce: `${bound}=` }), // classic tokens bring it back padded
    },
    appIntegrity: {
      appRecognitionVerdict: spec.recognition,
      packageName: spec.package,
      certificateSha256Digest: [toBase64url(Buffer.from(spec.signer, 'hex'))],
      versionCode: `${spec.versionCode}`,
    },
    deviceIntegrity: {
      deviceRecognitionVerdict: spec.labels,
      deviceAttributes: { sdkVersion: spec.sdk },
      recentDeviceActivity: { deviceActivityLevel: 'LEVEL_1' },
    },
    accountDetails: { appLicensingVerdict: 'LICENSED' },
    environmentDetails: {
      playProtectVerdict: 'NO_ISSUES',
      appAccessRiskVerdict: { appsDetected: ['KNOWN_INSTALLED'] },
    },
  };
}
