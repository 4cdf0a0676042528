/**
 * Apple's two bits for a device and a developer team (Apple, "Accessing and modifying per-device data", read 2026-11-21): a
 * flag that survives reinstalling and resetting. A companion of App Attest, never evidence by itself: the token commits to
 * nothing of ours, so whoever drives the app can bring the token of another device of his.
 */
import { type Facts, noFacts, proven } from '@assay/core';

/** Name of the format in facts. */
export const DEVICE_CHECK = 'apple-device-check';

/** What Apple answers. */
export interface TwoBits {
  readonly bit0: boolean;
  readonly bit1: boolean;
}

/** The bits that are set, as facts: an empty list says that none is. */
export function readDeviceBits({ bit0, bit1 }: TwoBits): Facts {
  const none = noFacts();
  const set = [...(bit0 ? ['bit0'] : []), ...(bit1 ? ['bit1'] : [])];
  return {
    ...none,
    evidence: [DEVICE_CHECK],
    runtime: { ...none.runtime, deviceBits: proven(set, DEVICE_CHECK) },
  };
}
