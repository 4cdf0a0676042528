import { verify } from 'node:crypto';
import type { Certificate } from '../certificate.ts';
import { publicKeyOf } from '../keys.ts';
import { isPoisoned } from './embedded.ts';
import { type CtEntry, type CtEntryKind, entryOf, signedBytes } from './entry.ts';
import { assertLogs, type CtLog } from './log.ts';
import type { Sct, SctV1 } from './sct.ts';

/** What a timestamp turned out to be. Only `valid` proves anything: that the log promised to publish this certificate. */
export type SctOutcome =
  | { readonly status: 'valid'; readonly log: CtLog; readonly timestamp: number }
  | { readonly status: 'invalid'; readonly code: InvalidCode; readonly log?: CtLog }
  | { readonly status: 'unknown_log'; readonly code: 'ct.log_unknown' }
  | { readonly status: 'issuer_missing'; readonly code: 'ct.issuer_missing' }
  | { readonly status: 'unsupported_version'; readonly code: 'ct.version_unsupported' };

type InvalidCode = 'ct.poisoned' | 'ct.algorithm_refused' | 'ct.signature_invalid' | 'ct.timestamp_in_future';

export interface SctInput {
  readonly sct: Sct;
  readonly leaf: Certificate;
  /** The certificate above the leaf on the validated path; needed for a `precert`. */
  readonly issuer?: Certificate | undefined;
  /** `precert` for timestamps inside the certificate, `x509` for those that came beside it. */
  readonly entry: CtEntryKind;
  readonly logs: readonly CtLog[];
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * Verifies one timestamp for a certificate (RFC 6962 5.2). The path is the caller's to validate, and that a valid timestamp
 * is enough is a policy's to say: {@link evaluateCtPolicy}. Raises ConfigError ct.logs_empty.
 */
export function verifySct({ sct, leaf, issuer, entry, logs, at }: SctInput): SctOutcome {
  if (isPoisoned(leaf)) return { status: 'invalid', code: 'ct.poisoned' };
  const logged = entryOf(leaf, issuer, entry);
  if (logged === undefined) return { status: 'issuer_missing', code: 'ct.issuer_missing' };
  return verifySctEntry({ sct, entry: logged, logs, at });
}

/** As {@link verifySct}, for the entry that the log was given. */
export function verifySctEntry({
  sct,
  entry,
  logs,
  at,
}: Pick<SctInput, 'sct' | 'logs' | 'at'> & { readonly entry: CtEntry }): SctOutcome {
  assertLogs(logs);
  if (sct.kind === 'other') return { status: 'unsupported_version', code: 'ct.version_unsupported' };
  const log = logs.find(({ id }) => id === sct.logId);
  if (log === undefined) return { status: 'unknown_log', code: 'ct.log_unknown' };
  if (!namesAlgorithmOf(log, sct)) return { status: 'invalid', code: 'ct.algorithm_refused', log };
  if (!isSignedBy(log, sct, entry)) return { status: 'invalid', code: 'ct.signature_invalid', log };
  if (!(sct.timestamp <= at)) return { status: 'invalid', code: 'ct.timestamp_in_future', log };
  return { status: 'valid', log, timestamp: sct.timestamp };
}

const SHA256 = 4;

/** RFC 6962 2.1.4: ECDSA on P-256, or RSA of 2048 bits and more with PKCS #1 v1.5; both with SHA-256. */
function namesAlgorithmOf({ key }: CtLog, { algorithm }: SctV1): boolean {
  if (algorithm.hash !== SHA256) return false;
  if (key.kind === 'ec') return key.curve === 'P-256' && algorithm.signature === 3;
  return key.kind === 'rsa' && key.bits >= 2048 && algorithm.signature === 1;
}

function isSignedBy(log: CtLog, sct: SctV1, entry: CtEntry): boolean {
  return verify('sha256', signedBytes(sct, entry), publicKeyOf(log), sct.signature);
}
