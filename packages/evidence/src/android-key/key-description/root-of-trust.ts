import type { BootState } from '@assay/core';
import { type DerReader, TAG } from '@assay/formats';
import type { RootOfTrust } from './types.ts';

/** VerifiedBootState by number. */
const BOOT_STATES: readonly BootState[] = ['verified', 'self_signed', 'unverified', 'failed'];

/** RootOfTrust. Some devices write its BOOLEAN as 0x01, which DER does not allow. The hash came with version 3. */
export function readRootOfTrust(value: DerReader): RootOfTrust {
  const fields = value.enter(TAG.SEQUENCE);
  const verifiedBootKey = fields.octetString();
  const deviceLocked = fields.boolean({ lenient: true });
  const verifiedBootState = BOOT_STATES[fields.enumerated()];
  const verifiedBootHash = fields.isEmpty ? undefined : fields.octetString();
  fields.end();
  return { verifiedBootKey, deviceLocked, verifiedBootState, verifiedBootHash };
}
