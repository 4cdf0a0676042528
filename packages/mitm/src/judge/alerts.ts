import type { Alert } from '../observation.ts';

/** AlertDescription by code: RFC 8446 6, RFC 5246 7.2, and those of older versions that old clients still send. */
export const ALERTS: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  21: 'decryption_failed',
  22: 'record_overflow',
  30: 'decompression_failure',
  40: 'handshake_failure',
  41: 'no_certificate',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  60: 'export_restriction',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  100: 'no_renegotiation',
  109: 'missing_extension',
  110: 'unsupported_extension',
  111: 'certificate_unobtainable',
  112: 'unrecognized_name',
  113: 'bad_certificate_status_response',
  114: 'bad_certificate_hash_value',
  115: 'unknown_psk_identity',
  116: 'certificate_required',
  120: 'no_application_protocol',
  121: 'ech_required',
};

/** `unknown (200)` for a code that nobody has registered. */
export const alertName = (code: number): string => ALERTS[code] ?? `unknown (${code})`;

/** Ways of saying goodbye, not of refusing (RFC 8446 6.1). */
const CLOSING: ReadonlySet<number> = new Set([0, 90]);

/** Alerts about what was offered and chosen, which no certificate provokes. All others may be about one: JSSE says 46, GnuTLS 42 for nearly everything. */
const NEGOTIATION: ReadonlySet<number> = new Set([70, 86, 109, 110, 120]);

export const isFatal = (alert: Alert | undefined): boolean => alert !== undefined && !CLOSING.has(alert.code);

export const isOfNegotiation = (alert: Alert | undefined): boolean =>
  alert !== undefined && NEGOTIATION.has(alert.code);
