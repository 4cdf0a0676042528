import { type KeyObject, verify } from 'node:crypto';
import { ConfigError } from '@assay/core';
import { type JsonObject, type JsonValue, parseStrictJson, toBase64 } from '@assay/formats';
import { X509_REASONS } from '../reasons.ts';
import { bytesOf, listOf, objectOf, textOf, timeOf } from './json-members.ts';
import { assertLogs, CT_LOG_STATES, type CtLog, type CtLogDescription, createCtLog, listMalformed } from './log.ts';

/** A list of logs, as one publisher judges them. */
export interface CtLogList {
  readonly version: string;
  /** When it was made, epoch milliseconds; Apple's does not say. */
  readonly timestamp: number | undefined;
  readonly logs: readonly CtLog[];
}

/** The largest published list has 150 kB. */
const LIMITS = { maxBytes: 4 << 20, maxDepth: 12 };

/**
 * Parses Google's list, schema v3 (www.gstatic.com/ct/log_list/v3/log_list_schema.json), on the caller's word that it is
 * genuine. Raises FormatError json.*, ConfigError ct.log_list_malformed, ct.logs_empty.
 */
export function parseGoogleLogList(json: Uint8Array | string): CtLogList {
  const list = objectOf(parseStrictJson(json, LIMITS), 'the list');
  const timestamp = timeOf(list['log_list_timestamp'], 'log_list_timestamp');
  return { version: textOf(list['version'], 'version'), timestamp, logs: logsOf(list) };
}

/**
 * Parses Google's list after proving that `key` signed these very bytes (RSA PKCS #1 v1.5 with SHA-256, file
 * `log_list.sig`). Raises ConfigError ct.log_list_not_genuine, and as {@link parseGoogleLogList}.
 */
export function verifyGoogleLogList(json: Uint8Array, signature: Uint8Array, key: KeyObject): CtLogList {
  if (key.asymmetricKeyType !== 'rsa' || !verify('sha256', json, key, signature)) {
    const { code, summary, hint } = X509_REASONS['ct.log_list_not_genuine'];
    throw new ConfigError(code, summary, { hint });
  }
  return parseGoogleLogList(json);
}

/**
 * Parses Apple's list, schema v5 (valid.apple.com/ct/log_list), which nobody signs: where it came from is the caller's to
 * know. Raises as {@link parseGoogleLogList}.
 */
export function parseAppleLogList(json: Uint8Array | string): CtLogList {
  const list = objectOf(parseStrictJson(json, LIMITS), 'the list');
  return { version: textOf(list['version'], 'version'), timestamp: undefined, logs: logsOf(list) };
}

/** Where each kind of log stands under its operator. */
const KINDS: readonly (readonly [member: string, api: CtLog['api']])[] = [
  ['logs', 'rfc6962'],
  ['tiled_logs', 'static-ct-api'],
];

function logsOf(list: JsonObject): readonly CtLog[] {
  const logs = listOf(list['operators'], 'operators').flatMap((value, index) =>
    operatorLogs(value, `operators ${index}`),
  );
  assertLogs(logs);
  if (new Set(logs.map(({ id }) => id)).size < logs.length) throw listMalformed('a log that is listed twice');
  return logs;
}

function operatorLogs(value: JsonValue, place: string): CtLog[] {
  const operator = objectOf(value, place);
  const name = textOf(operator['name'], `${place} name`);
  return KINDS.flatMap(([member, api]) =>
    listOf(operator[member] ?? [], `${name} ${member}`).map((log, index) =>
      logOf(objectOf(log, `${name} ${member} ${index}`), name, api),
    ),
  );
}

/** The id is told and computed; a list in which the two differ is damaged. */
function logOf(given: JsonObject, operator: string, api: CtLog['api']): CtLog {
  const description = textOf(given['description'], `${operator}: a description`);
  const log = createCtLog(bytesOf(given['key'], `${description}: key`), {
    description,
    operator,
    previousOperators: previousOperatorsOf(given['previous_operators'], description),
    api,
    state: stateOf(given['state'], description),
  });
  if (toBase64(bytesOf(given['log_id'], `${description}: log_id`)) !== log.id) {
    throw listMalformed(`${description}: a log_id that is not the digest of the key`);
  }
  return log;
}

function previousOperatorsOf(value: JsonValue | undefined, log: string): CtLogDescription['previousOperators'] {
  const place = `${log}: previous_operators`;
  const previous = listOf(value ?? [], place).map((each) => {
    const { name, end_time } = objectOf(each, place);
    return { name: textOf(name, place), until: timeOf(end_time, place) };
  });
  return previous.sort((a, b) => a.until - b.until);
}

/** One state at a time. A state that this version does not know approves nothing. */
function stateOf(value: JsonValue | undefined, log: string): CtLog['state'] {
  if (value === undefined) return undefined;
  const [entry, ...others] = Object.entries(objectOf(value, `${log}: state`));
  if (entry === undefined || others.length > 0) throw listMalformed(`${log}: state`);
  const name = CT_LOG_STATES.find((known) => known === entry[0]);
  const since = timeOf(objectOf(entry[1], `${log}: state`)['timestamp'], `${log}: state timestamp`);
  return name && { name, since };
}
