import type { Platform } from '@assay/core';
import { flag, type Reader } from '@assay/formats/shape';
import { text, textOrList, type VendorShape, vendorObject, wholeNumber } from '../shared/vendor-json.ts';
import { ES256, ES384, PS256, RS256, type SigningAlgorithm } from './algorithms.ts';

/** Which of Huawei's services made a result: Safety Detect on phones with HMS, or the Device Security Kit of HarmonyOS NEXT. */
export type Flavour = 'hms' | 'harmony';

/** A result, in the same words for both services. */
export interface SysIntegrityPayload {
  readonly nonce: string | undefined;
  /** Epoch milliseconds. */
  readonly timestamp: number | undefined;
  readonly package: string | undefined;
  /** Digests of the signing certificates, as they are written. */
  readonly signers: readonly string[];
  readonly appId: string | undefined;
  readonly basicIntegrity: boolean | undefined;
  /** What was found where integrity does not hold. */
  readonly detail: readonly string[];
}

export interface FlavourRow {
  /** Name of the format in facts. */
  readonly format: string;
  readonly platform: Platform;
  readonly algorithms: readonly SigningAlgorithm[];
  /** Certificates in x5c, at least and at most. */
  readonly certificates: readonly [min: number, max: number];
  readonly shape: VendorShape;
  readonly read: Reader<SysIntegrityPayload>;
}

const COMMON = { nonce: text(), appId: text(), basicIntegrity: flag, detail: textOrList(64, 16) } as const;

const HMS_SHAPE = {
  ...COMMON,
  timestampMs: wholeNumber,
  apkPackageName: text(),
  apkCertificateDigestSha256: textOrList(128, 16),
  apkDigestSha256: text(),
  advice: text(),
} as const;

const HARMONY_SHAPE = {
  ...COMMON,
  timestamp: wholeNumber,
  hapBundleName: text(),
  hapCertificateSha256: textOrList(128, 16),
} as const;

const readHms = vendorObject(HMS_SHAPE);
const readHarmony = vendorObject(HARMONY_SHAPE);

/** What differs between the services. */
export const FLAVOURS: Readonly<Record<Flavour, FlavourRow>> = {
  hms: {
    format: 'huawei-sysintegrity',
    platform: 'android',
    algorithms: [RS256, PS256],
    // The signer and its authority; the root may be sent along.
    certificates: [2, 3],
    shape: HMS_SHAPE,
    read: (value, path) => {
      const { nonce, appId, basicIntegrity, detail = [], ...own } = readHms(value, path);
      return {
        ...{ nonce, appId, basicIntegrity, detail },
        timestamp: own.timestampMs,
        package: own.apkPackageName,
        signers: own.apkCertificateDigestSha256 ?? [],
      };
    },
  },
  harmony: {
    format: 'harmony-sysintegrity',
    platform: 'harmonyos',
    algorithms: [ES256, ES384, RS256, PS256],
    // "Exactly three levels": signer, authority, root.
    certificates: [3, 3],
    shape: HARMONY_SHAPE,
    read: (value, path) => {
      const { nonce, appId, basicIntegrity, detail = [], ...own } = readHarmony(value, path);
      return {
        ...{ nonce, appId, basicIntegrity, detail },
        timestamp: own.timestamp,
        package: own.hapBundleName,
        signers: own.hapCertificateSha256 ?? [],
      };
    },
  },
};

/** Name of the format of HMS results in facts. */
export const HUAWEI_SYSINTEGRITY: string = FLAVOURS.hms.format;
/** Name of the format of HarmonyOS results in facts. */
export const HARMONY_SYSINTEGRITY: string = FLAVOURS.harmony.format;
