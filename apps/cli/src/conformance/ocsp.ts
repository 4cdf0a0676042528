import { AssayError } from '@assay/core';
import { parseBase64 } from '@assay/formats';
import { parseOcspResponse, verifyOcsp } from '@assay/x509';
import { z } from 'zod';
import { Time } from '../cases/members.ts';
import { fault } from '../reasons.ts';
import { objectsOf, type VectorDocument } from './documents.ts';
import { asTold, certificateOf, formRuns } from './forms.ts';
import type { CaseOutcome, CaseRun, CaseSet } from './run.ts';

const OcspCase = z.looseObject({
  id: z.string(),
  leaf: z.string(),
  issuer: z.string(),
  ocsp_response_der_b64: z.string(),
  validation_time: Time.nullish(),
  /** A status, or `invalid:` and why. */
  expected: z.string(),
});

type OcspCase = z.output<typeof OcspCase>;

const STATUSES: readonly string[] = ['good', 'revoked', 'unknown'];

/** Our code for what a case says is wrong. Any refusal does for a reason that is not here. */
const CODES: ReadonlyMap<string, string> = new Map([
  ['stale', 'ocsp.stale'],
  ['certid-mismatch', 'ocsp.certid_mismatch'],
  ['responseStatus', 'ocsp.response_unsuccessful'],
  ['responder-not-authorised', 'ocsp.responder_not_authorised'],
]);

/** Documents with `cases` of OCSP responses. */
export function ocspSets(documents: readonly VectorDocument[], now: number): readonly CaseSet[] {
  return documents.flatMap(({ path, value }) => {
    const listed = objectsOf(value['cases']);
    if (listed.every((each) => !('ocsp_response_der_b64' in each))) return [];
    const cases = listed.flatMap((each) => formRuns(each, OcspCase, (given) => [ocspRun(given, now)]));
    return [{ name: path, pedantic: false, cases }];
  });
}

function ocspRun(given: OcspCase, now: number): CaseRun {
  return { id: given.id, expected: 'accept', why: '', run: () => compared(given, now) };
}

function compared(given: OcspCase, now: number): CaseOutcome {
  const { expected } = given;
  const found = outcomeOf(given, given.validation_time ?? now);
  return asTold([expected], [found], isRight(expected, found));
}

function isRight(expected: string, found: string): boolean {
  if (STATUSES.includes(expected)) return found === expected;
  const [, why] = /^invalid:([A-Za-z-]+)(-[0-9]+)?$/.exec(expected) ?? [];
  if (why === undefined) throw fault('cli.case_unreadable', { found: `expected: ${expected}` });
  const code = CODES.get(why.replace(/-$/, ''));
  return code === undefined ? !STATUSES.includes(found) : found === code;
}

/** The status, or the code of the refusal. */
function outcomeOf(given: OcspCase, at: number): string {
  const [leaf, issuer] = [certificateOf(given.leaf), certificateOf(given.issuer)];
  const der = parseBase64(given.ocsp_response_der_b64);
  try {
    return verifyOcsp({ response: parseOcspResponse(der), leaf, issuer, at }).status;
  } catch (error) {
    if (error instanceof AssayError) return error.code;
    throw error;
  }
}
