import { parsePem } from '@assay/formats';
import { type Certificate, parseCertificate } from '@assay/x509';
import type { z } from 'zod';
import { issuesOf } from '../documents.ts';
import { fault } from '../reasons.ts';
import type { CaseOutcome, CaseRun } from './run.ts';

/** The runs of a case in its form. One that is not in it cannot be decided, and says so when it is its turn. */
export function formRuns<T>(
  value: object,
  form: z.ZodType<T>,
  toRuns: (given: T) => readonly CaseRun[],
): readonly CaseRun[] {
  const result = form.safeParse(value);
  if (result.success) return toRuns(result.data);
  const run = (): never => {
    throw fault('cli.case_unreadable', { found: issuesOf(result.error) });
  };
  return [{ id: 'id' in value ? String(value.id) : '', expected: 'either', why: '', run }];
}

/** A case that tells more than accept or reject: told as accepted when everything came out as it says. */
export function asTold(expected: readonly string[], found: readonly string[], isRight: boolean): CaseOutcome {
  const trace = [`expected ${expected.join(', ') || 'nothing'}, found ${found.join(', ') || 'nothing'}`];
  return { found: isRight ? 'accept' : 'reject', reasons: [], trace };
}

export function pemOf(pem: string, label = 'CERTIFICATE'): Uint8Array {
  const [der] = parsePem(pem, label);
  if (der === undefined) throw fault('cli.case_unreadable', { expected: `a PEM block of ${label}` });
  return der;
}

export function certificateOf(pem: string): Certificate {
  return parseCertificate(pemOf(pem));
}
