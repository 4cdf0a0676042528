import { AssayError } from '@assay/core';
import { type MitmCode, mitmFault } from '../reasons.ts';
import { ALERT } from './codes.ts';

/** What goes wrong on the wire, with the alert that tells the client; none where it is the client that ended it. */
const ALERTS = {
  'mitm.wire_malformed': ALERT.decodeError,
  'mitm.wire_unexpected': ALERT.unexpectedMessage,
  'mitm.wire_undecryptable': ALERT.badRecordMac,
  'mitm.wire_too_long': ALERT.recordOverflow,
  'mitm.wire_no_version': ALERT.protocolVersion,
  'mitm.wire_no_cipher': ALERT.handshakeFailure,
  'mitm.wire_no_group': ALERT.handshakeFailure,
  'mitm.wire_share_invalid': ALERT.illegalParameter,
  'mitm.wire_finished_wrong': ALERT.decryptError,
  'mitm.wire_key_unusable': ALERT.internalError,
  'mitm.wire_probe_over': ALERT.handshakeFailure,
  'mitm.wire_refused': undefined,
  'mitm.wire_ended': undefined,
} as const satisfies Partial<Record<MitmCode, number | undefined>>;
export type WireCode = keyof typeof ALERTS;

export function wireFault(code: WireCode): AssayError {
  return mitmFault(code);
}

/** The alert that an error is told by; undefined where nobody is left to be told. */
export function alertFor(error: unknown): number | undefined {
  if (!(error instanceof AssayError) || !isWireCode(error.code)) return ALERT.internalError;
  return ALERTS[error.code];
}

function isWireCode(code: string): code is WireCode {
  return Object.hasOwn(ALERTS, code);
}
