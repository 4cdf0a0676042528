/**
 * The extension map of iOS 27 (Apple: Attestation Object Validation Guide, 2026). It is covered by the nonce, so what it
 * says is proven; which categories are welcome is the policy's matter.
 */
import { type LaunchCategory, RequestError } from '@assay/core';
import type { CborMap, CborValue } from '@assay/formats';

export interface LaunchInfo {
  readonly category: LaunchCategory | undefined;
  /** CFBundleVersion. */
  readonly bundleVersion: string | undefined;
}

/** Apple's validation categories by number; one that is not listed reads as `unknown`. */
const CATEGORIES: Readonly<Record<number, LaunchCategory>> = {
  1: 'platform',
  2: 'testflight',
  3: 'development',
  4: 'app_store',
  5: 'enterprise',
  6: 'developer_id',
  7: 'system_7',
  8: 'system_8',
  9: 'system_9',
  10: 'none',
};

/**
 * What the map says about the launch; systems before iOS 27 send no map. Other members are ignored.
 *
 * @throws RequestError `apple.extensions_malformed`
 */
export function readLaunchInfo(extensions: CborMap, clause: string): LaunchInfo {
  const category = extensions.get('apple_validation_category_01');
  const bundleVersion = extensions.get('apple_bundle_version_01');
  return {
    category: category === undefined ? undefined : (CATEGORIES[categoryNumber(category, clause)] ?? 'unknown'),
    bundleVersion: bundleVersion === undefined ? undefined : versionText(bundleVersion, clause),
  };
}

/** Devices send the UInt32 as four little-endian bytes; an unsigned integer is read as well. */
function categoryNumber(value: CborValue, clause: string): number {
  if (typeof value === 'number' && value >= 0) return value;
  if (value instanceof Uint8Array && value.length === 4) {
    return new DataView(value.buffer, value.byteOffset, 4).getUint32(0, true);
  }
  throw malformed('apple_validation_category_01: four bytes', clause);
}

function versionText(value: CborValue, clause: string): string {
  if (typeof value === 'string') return value;
  throw malformed('apple_bundle_version_01: text', clause);
}

function malformed(expected: string, clause: string): RequestError {
  return new RequestError(
    'apple.extensions_malformed',
    'the extension map of the authenticator data is not as documented',
    {
      clause,
      expected,
    },
  );
}
