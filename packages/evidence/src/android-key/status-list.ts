import { AssayError, UpstreamError } from '@assay/core';
import { type JsonValue, parseStrictJson } from '@assay/formats';
import { ANDROID_KEY_REASONS } from './reasons.ts';

export interface StatusEntry {
  readonly status: 'REVOKED' | 'SUSPENDED';
  readonly reason: string | undefined;
}

/** Certificates that Google no longer vouches for, by serial number: lower-case hex without leading zeros. */
export interface StatusList {
  readonly entries: ReadonlyMap<string, StatusEntry>;
}

/** The list of January 2025 has 467 entries in 50 KB. */
const LIMITS = { maxBytes: 8 << 20, maxDepth: 4, maxMembers: 100_000 };

/** Serial numbers are hex even where they look decimal: a third of the keys are digits only. */
const SERIAL = /^(0|[1-9a-f][0-9a-f]*)$/;

/**
 * Reads the attestation status list (https://android.googleapis.com/attestation/status). Strict: a list that is not what it
 * should be must not pass for one that names nobody. Members that entries may have besides are ignored.
 *
 * @throws UpstreamError `android.status_list_malformed`
 */
export function parseStatusList(json: string | Uint8Array): StatusList {
  const document = parseDocument(json);
  const entries = isObject(document) ? document['entries'] : undefined;
  if (!isObject(entries)) throw malformedList('a member "entries"');
  return { entries: new Map(Object.entries(entries).map(([serial, entry]) => [toSerial(serial), toEntry(entry)])) };
}

function parseDocument(json: string | Uint8Array): JsonValue {
  try {
    return parseStrictJson(json, LIMITS);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    throw malformedList('JSON', error.code, error);
  }
}

function toSerial(key: string): string {
  if (SERIAL.test(key)) return key;
  throw malformedList('serial numbers in lower-case hex without leading zeros', key);
}

function toEntry(entry: JsonValue): StatusEntry {
  const { status, reason } = isObject(entry) ? entry : {};
  if (status !== 'REVOKED' && status !== 'SUSPENDED')
    throw malformedList('status REVOKED or SUSPENDED', String(status));
  return { status, reason: typeof reason === 'string' ? reason : undefined };
}

function isObject(value: JsonValue | undefined): value is { readonly [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformedList(expected: string, found?: string, cause?: unknown): UpstreamError {
  const { code, summary, hint } = ANDROID_KEY_REASONS['android.status_list_malformed'];
  return new UpstreamError(code, summary, true, { expected, found, hint }, { cause });
}
