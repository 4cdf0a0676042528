import { hash } from 'node:crypto';
import { AssayError, ConfigError } from '@assay/core';
import { type KeyHolder, parseKeyAlgorithm } from '../key-info.ts';
import { publicKeyOf } from '../keys.ts';
import { X509_REASONS } from '../reasons.ts';

/** States in the life of a log, as Google and Apple name them. Only their list says which one a log is in. */
export const CT_LOG_STATES = ['pending', 'qualified', 'usable', 'readonly', 'retired', 'rejected'] as const;
export type CtLogStateName = (typeof CT_LOG_STATES)[number];

export interface CtLogState {
  readonly name: CtLogStateName;
  /** Since when, epoch milliseconds. */
  readonly since: number;
}

/** What is said about a log, beside its key. */
export interface CtLogDescription {
  readonly description: string;
  readonly operator: string;
  /** Operators before, and until when (epoch milliseconds), in order of time. */
  readonly previousOperators: readonly { readonly name: string; readonly until: number }[];
  /** RFC 6962, or the static API (c2sp.org/static-ct-api), whose timestamps are signed alike. */
  readonly api: 'rfc6962' | 'static-ct-api';
  /** Undefined for logs that a list names without approving them: they verify, and count for nothing. */
  readonly state: CtLogState | undefined;
}

/** A log and its key. */
export interface CtLog extends KeyHolder, CtLogDescription {
  /** SHA-256 of the SubjectPublicKeyInfo (RFC 6962 3.2), base64. */
  readonly id: string;
}

/**
 * A log with this key (SubjectPublicKeyInfo, DER). A key that will not load shows here, and not when a certificate is to be
 * judged; one of an algorithm that this package does not know is kept, and verifies nothing.
 * Raises ConfigError ct.log_list_malformed.
 */
export function createCtLog(spki: Uint8Array, description: CtLogDescription): CtLog {
  try {
    const log = { ...description, id: hash('sha256', spki, 'base64'), spki, key: parseKeyAlgorithm(spki) };
    if (log.key.kind !== 'unsupported') publicKeyOf(log);
    return log;
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    throw listMalformed(`${description.description}: the key`, error);
  }
}

/** Who operated the log at a time. A log that was sold counts for whoever had it when it signed. */
export function operatorAt({ operator, previousOperators }: CtLog, time: number): string {
  return previousOperators.find(({ until }) => time < until)?.name ?? operator;
}

/** Raises ConfigError ct.logs_empty. */
export function assertLogs(logs: readonly CtLog[]): void {
  if (logs.length > 0) return;
  const { code, summary, hint } = X509_REASONS['ct.logs_empty'];
  throw new ConfigError(code, summary, { hint });
}

export function listMalformed(place: string, cause?: unknown): ConfigError {
  const { code, summary, hint } = X509_REASONS['ct.log_list_malformed'];
  return new ConfigError(code, summary, { found: place, hint }, { cause });
}
