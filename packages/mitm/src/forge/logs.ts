import { hash } from 'node:crypto';
import type { Clock } from '@assay/core';
import { concat, toBase64 } from '@assay/formats';
import type { TimestampsRecipe } from '../recipe.ts';
import { number, vector } from '../wire/writer.ts';
import { createP256, type LabKey } from './keys.ts';
import { signatureOf } from './signing.ts';
import { DAY } from './spans.ts';

/** The lists of logs that Google publishes, schema v3, as far as its required members go. */
export interface GoogleLogList {
  readonly version: string;
  readonly log_list_timestamp: string;
  readonly operators: readonly {
    readonly name: string;
    readonly email: readonly string[];
    readonly logs: readonly {
      readonly description: string;
      readonly log_id: string;
      readonly key: string;
      readonly url: string;
      readonly mmd: number;
      readonly state: { readonly usable: { readonly timestamp: string } };
    }[];
    readonly tiled_logs: readonly never[];
  }[];
}

/** The lab's own logs of Certificate Transparency. */
export interface Logs {
  /** A SignedCertificateTimestampList about an entry (RFC 6962 3.3). */
  timestamps(entry: Uint8Array, at: number, fault: TimestampsFault): Uint8Array;
  /** The listed logs, for clients whose list can be replaced. */
  list(): GoogleLogList;
}

type TimestampsFault = NonNullable<TimestampsRecipe['fault']>;

/** Two operators, so that policies which ask for two are met; the third listed log is for timestamps that do not meet them. */
const LOGS = {
  a1: { operator: 'Assay Lab A' },
  a2: { operator: 'Assay Lab A' },
  b1: { operator: 'Assay Lab B' },
  unlisted1: { operator: undefined },
  unlisted2: { operator: undefined },
} as const;
type LogName = keyof typeof LOGS;
/** `Object.keys` of a table whose keys are its type. */
const NAMES = Object.keys(LOGS) as LogName[];

interface Promised {
  readonly by: readonly LogName[];
  /** Milliseconds after the time that is right. */
  readonly late?: number;
  readonly isBroken?: boolean;
}

const FAULTS: Readonly<Record<TimestampsFault, Promised>> = {
  none: { by: ['a1', 'b1'] },
  signature: { by: ['a1', 'b1'], isBroken: true },
  'unknown-log': { by: ['unlisted1', 'unlisted2'] },
  'one-operator': { by: ['a1', 'a2'] },
  'too-few': { by: ['a1'] },
  future: { by: ['a1', 'b1'], late: DAY },
};

interface Log {
  readonly key: LabKey;
  /** SHA-256 of the SubjectPublicKeyInfo (RFC 6962 3.2). */
  readonly id: Uint8Array;
}

/** Logs that are usable since `since`; the list is as of `clock`. */
export function createLogs(since: number, clock: Clock): Logs {
  const logs = Object.fromEntries(NAMES.map((name) => [name, createLog()])) as Record<LogName, Log>; // NAMES has them all
  return {
    timestamps: (entry, at, fault) => {
      const { by, late = 0, isBroken = false } = FAULTS[fault];
      return vector(2, ...by.map((name) => vector(2, timestampOf(logs[name], entry, at + late, isBroken))));
    },
    list: () => listOf(logs, since, clock()),
  };
}

function createLog(): Log {
  const key = createP256();
  return { key, id: new Uint8Array(hash('sha256', key.spki, 'buffer')) };
}

const V1 = Uint8Array.of(0);
const CERTIFICATE_TIMESTAMP = Uint8Array.of(0);
const NO_EXTENSIONS = vector(2);
/** RFC 5246 7.4.1.4.1: SHA-256 and ECDSA, by number. */
const ECDSA_SHA256 = Uint8Array.of(4, 3);

/** A SignedCertificateTimestamp (RFC 6962 3.2). */
function timestampOf({ key, id }: Log, entry: Uint8Array, at: number, isBroken: boolean): Uint8Array {
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(Math.max(0, Math.floor(at))));
  const signed = concat(V1, CERTIFICATE_TIMESTAMP, time, entry, NO_EXTENSIONS);
  const signature = signatureOf(signed, key, 'sha256', isBroken);
  return concat(V1, id, time, NO_EXTENSIONS, ECDSA_SHA256, vector(2, signature));
}

/** What a log signs of a whole certificate: x509_entry. */
export function certificateEntry(der: Uint8Array): Uint8Array {
  return concat(number(2, 0), vector(3, der));
}

/** What a log signs of a certificate to be: precert_entry, by whose key it will be issued. */
export function precertificateEntry(tbs: Uint8Array, issuer: LabKey): Uint8Array {
  return concat(number(2, 1), hash('sha256', issuer.spki, 'buffer'), vector(3, tbs));
}

const DAY_SECONDS = 86_400;

function listOf(logs: Readonly<Record<LogName, Log>>, since: number, at: number): GoogleLogList {
  const operators = [...new Set(NAMES.flatMap((name) => LOGS[name].operator ?? []))];
  const usable = { timestamp: toText(since) };
  return {
    version: '1.0',
    log_list_timestamp: toText(at),
    operators: operators.map((operator) => ({
      name: operator,
      email: [],
      logs: NAMES.filter((name) => LOGS[name].operator === operator).map((name) => ({
        description: `${operator} log ${name}`,
        log_id: toBase64(logs[name].id),
        key: toBase64(logs[name].key.spki),
        url: `https://${name}.logs.invalid/`,
        mmd: DAY_SECONDS,
        state: { usable },
      })),
      tiled_logs: [],
    })),
  };
}

/** RFC 3339 in whole seconds, as Google writes it. */
function toText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
