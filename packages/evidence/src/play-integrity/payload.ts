import { flag, list } from '@assay/formats/shape';
import { text, type VendorMembers, vendorObject, wholeNumber } from '../shared/vendor-json.ts';

const labels = list(text(64), 16);

/**
 * The verdict, as far as it is read ("Integrity verdicts"). Its members are optional and of no fixed order: Play leaves out
 * what it did not evaluate, and what an app has not opted in to.
 */
export const PAYLOAD_SHAPE = {
  requestDetails: { requestPackageName: text(), requestHash: text(), nonce: text(), timestampMillis: wholeNumber },
  appIntegrity: {
    appRecognitionVerdict: text(64),
    packageName: text(),
    certificateSha256Digest: list(text(128), 16),
    versionCode: wholeNumber,
  },
  deviceIntegrity: {
    deviceRecognitionVerdict: labels,
    legacyDeviceRecognitionVerdict: labels,
    recentDeviceActivity: { deviceActivityLevel: text(64) },
    deviceAttributes: { sdkVersion: wholeNumber },
    deviceRecall: {
      values: { bitFirst: flag, bitSecond: flag, bitThird: flag },
      writeDates: { yyyymmFirst: wholeNumber, yyyymmSecond: wholeNumber, yyyymmThird: wholeNumber },
    },
  },
  accountDetails: { appLicensingVerdict: text(64) },
  environmentDetails: {
    playProtectVerdict: text(64),
    appAccessRiskVerdict: { appsDetected: list(text(64), 32) },
  },
} as const;

export type PlayPayload = VendorMembers<typeof PAYLOAD_SHAPE>;

/** Reads a decoded verdict; throws ShapeError for members of another type. */
export const readPayload: (value: unknown, path: string) => PlayPayload = vendorObject(PAYLOAD_SHAPE);
