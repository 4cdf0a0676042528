import type { Alert } from '../observation.ts';
import { ALERT } from '../wire/codes.ts';

/** Ways of saying goodbye, not of refusing (RFC 8446 6.1). */
const CLOSING: ReadonlySet<number> = new Set([ALERT.closeNotify, ALERT.userCanceled]);

/** Alerts about what was offered and chosen, which no certificate provokes. All others may be about one: JSSE says 46, GnuTLS 42 for nearly everything. */
const NEGOTIATION: ReadonlySet<number> = new Set([
  ALERT.protocolVersion,
  ALERT.inappropriateFallback,
  ALERT.missingExtension,
  ALERT.unsupportedExtension,
  ALERT.noApplicationProtocol,
]);

export const isFatal = (alert: Alert | undefined): boolean => alert !== undefined && !CLOSING.has(alert.code);

export const isOfNegotiation = (alert: Alert | undefined): boolean =>
  alert !== undefined && NEGOTIATION.has(alert.code);
