import { ConfigError } from '@assay/core';
import { X509_REASONS } from './reasons.ts';
import { spkiDigest } from './spki-pin.ts';
import type { ValidatedPath } from './validate-chain.ts';

/** 43 characters and one `=`; the last character carries four bits, so the two below it are zero. */
const PIN = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/**
 * Whether a pinned key is on the validated path, anchor included (RFC 7469 2.6). What the peer sent besides does not count.
 * Raises ConfigError x509.pins_empty for an empty list and x509.pin_malformed.
 */
export function matchPins(path: ValidatedPath, pins: readonly string[]): 'match' | 'mismatch' {
  assertPins(pins);
  const keys = [...path.certificates, path.anchor].map(({ spki }) => spkiDigest(spki));
  return keys.some((key) => pins.includes(key)) ? 'match' : 'mismatch';
}

function assertPins(pins: readonly string[]): void {
  if (pins.length === 0) throw invalid('x509.pins_empty');
  if (!pins.every((pin) => PIN.test(pin))) throw invalid('x509.pin_malformed');
}

function invalid(code: 'x509.pins_empty' | 'x509.pin_malformed'): ConfigError {
  const { summary, hint } = X509_REASONS[code];
  return new ConfigError(code, summary, { hint });
}
