import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssayError } from '@assay/core';
import { parseBase64 } from '@assay/formats';
import {
  type CtLog,
  createCtLog,
  parseCertificate,
  parseOcspResponse,
  sctsOf,
  verifyOcsp,
  verifySct,
} from '@assay/x509';
import { pemOf } from './pem.ts';

/** A case of `own/own-sct.json` or `own/own-ocsp.json`, and what came out: `valid`, a status, or codes. */
export interface OwnCase {
  readonly id: string;
  readonly expected: readonly string[];
  run(): readonly string[];
}

interface Given {
  readonly id: string;
  readonly leaf: string;
  readonly issuer: string;
  readonly validation_time: string;
}

interface GivenScts extends Given {
  readonly logs: readonly { readonly description: string; readonly log_id: string; readonly key: string }[];
  readonly expected_scts: readonly string[];
}

interface GivenOcsp extends Given {
  readonly ocsp_response_der_b64: string;
  readonly expected: string;
}

/** Our codes for the words of the vectors; words that are not here are ours as well. */
const CODES: Readonly<Record<string, string>> = {
  'unknown-log': 'ct.log_unknown',
  'invalid-signature': 'ct.signature_invalid',
  'malformed-list': 'ct.list_malformed',
  'invalid:stale': 'ocsp.stale',
  'invalid:certid-mismatch': 'ocsp.certid_mismatch',
  'invalid:responseStatus-3': 'ocsp.response_unsuccessful',
  'invalid:responder-not-authorised': 'ocsp.responder_not_authorised',
};

const codeFor = (word: string): string => CODES[word] ?? word;

function read<T>(dir: string, file: string): readonly T[] {
  return JSON.parse(readFileSync(join(dir, 'x509/own', file), 'utf8')).cases;
}

export function ownSctCases(dir: string): readonly OwnCase[] {
  return read<GivenScts>(dir, 'own-sct.json').map((given) => {
    const expected = given.expected_scts.map(codeFor);
    return { id: given.id.replace('own::', ''), expected, run: () => coded(() => sctOutcomes(given)) };
  });
}

export function ownOcspCases(dir: string): readonly OwnCase[] {
  return read<GivenOcsp>(dir, 'own-ocsp.json').map((given) => {
    const expected = [codeFor(given.expected)];
    return { id: given.id.replace('own::', ''), expected, run: () => coded(() => [ocspStatus(given)]) };
  });
}

function coded(run: () => readonly string[]): readonly string[] {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return [error.code];
  }
}

const contextOf = (given: Given) => ({
  leaf: parseCertificate(pemOf(given.leaf)),
  issuer: parseCertificate(pemOf(given.issuer)),
  at: Date.parse(given.validation_time),
});

function sctOutcomes(given: GivenScts): readonly string[] {
  const { leaf, issuer, at } = contextOf(given);
  const logs = given.logs.map(toLog);
  const outcomes = sctsOf(leaf).map((sct) => verifySct({ sct, leaf, issuer, entry: 'precert', logs, at }));
  return outcomes.map((outcome) => ('code' in outcome ? outcome.code : outcome.status));
}

function toLog({ description, key, log_id }: GivenScts['logs'][number]): CtLog {
  const about = {
    description,
    operator: description,
    previousOperators: [],
    api: 'rfc6962',
    state: undefined,
  } as const;
  const log = createCtLog(parseBase64(key), about);
  if (log.id !== log_id) throw new TypeError(`${description}: the id is not that of the key`);
  return log;
}

function ocspStatus(given: GivenOcsp): string {
  const response = parseOcspResponse(parseBase64(given.ocsp_response_der_b64));
  return verifyOcsp({ response, ...contextOf(given) }).status;
}
