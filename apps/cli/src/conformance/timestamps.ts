import { AssayError } from '@assay/core';
import { parseBase64 } from '@assay/formats';
import { type Certificate, type CtLog, createCtLog, type SctOutcome, sctsOf, verifySct } from '@assay/x509';
import { z } from 'zod';
import { Time } from '../cases/members.ts';
import { fault } from '../reasons.ts';
import { objectsOf, type VectorDocument } from './documents.ts';
import { asTold, certificateOf, formRuns } from './forms.ts';
import type { CaseOutcome, CaseRun, CaseSet } from './run.ts';

/** A certificate, its logs, and what each of its timestamps is to turn out as. */
const TimestampCase = z.looseObject({
  id: z.string(),
  leaf: z.string(),
  issuer: z.string(),
  logs: z.array(z.looseObject({ description: z.string().default(''), key: z.string() })),
  validation_time: Time.nullish(),
  expected_scts: z.array(z.string()),
});

type TimestampCase = z.output<typeof TimestampCase>;

/** Documents with `cases` of certificates whose timestamps are told one by one. */
export function timestampSets(documents: readonly VectorDocument[], now: number): readonly CaseSet[] {
  return documents.flatMap(({ path, value }) => {
    const listed = objectsOf(value['cases']);
    if (listed.every((each) => !('expected_scts' in each))) return [];
    const cases = listed.flatMap((each) => formRuns(each, TimestampCase, (given) => [timestampRun(given, now)]));
    return [{ name: path, pedantic: false, cases }];
  });
}

/** A certificate, the one above it where there is one, and the logs that are known. */
export interface Stamped {
  readonly leaf: Certificate;
  readonly issuer: Certificate | undefined;
  readonly logs: readonly CtLog[];
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What each timestamp inside the certificate turns out as. */
export function embeddedOutcomes({ leaf, ...given }: Stamped): readonly SctOutcome[] {
  return sctsOf(leaf).map((sct) => verifySct({ sct, leaf, entry: 'precert', ...given }));
}

const MALFORMED = 'malformed';

/** What each word of a case may turn out as. */
const WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['valid', ['valid']],
  ['unknown-log', ['ct.log_unknown']],
  ['issuer-missing', ['ct.issuer_missing']],
  ['unsupported-version', ['ct.version_unsupported']],
  ['invalid-signature', ['ct.signature_invalid', 'ct.algorithm_refused']],
  ['malformed-list', [MALFORMED]],
]);

function timestampRun(given: TimestampCase, now: number): CaseRun {
  return { id: given.id, expected: 'accept', why: '', run: () => comparedWithWords(given, now) };
}

function comparedWithWords(given: TimestampCase, now: number): CaseOutcome {
  const expected = given.expected_scts;
  const unknown = expected.find((word) => !WORDS.has(word));
  if (unknown !== undefined) throw fault('cli.case_unreadable', { found: `expected_scts: ${unknown}` });
  const found = outcomesOf(given, given.validation_time ?? now);
  const isRight = found.every((each, at) => WORDS.get(expected[at] ?? '')?.includes(each));
  return asTold(expected, found, isRight && found.length === expected.length);
}

function outcomesOf(given: TimestampCase, at: number): readonly string[] {
  const [leaf, issuer] = [certificateOf(given.leaf), certificateOf(given.issuer)];
  const logs = given.logs.map(toLog);
  try {
    const outcomes = embeddedOutcomes({ leaf, issuer, logs, at });
    return outcomes.map((outcome) => ('code' in outcome ? outcome.code : outcome.status));
  } catch (error) {
    if (error instanceof AssayError && error.family === 'request') return [MALFORMED];
    throw error;
  }
}

function toLog({ description, key }: TimestampCase['logs'][number]): CtLog {
  const about = {
    description,
    operator: description,
    previousOperators: [],
    api: 'rfc6962',
    state: undefined,
  } as const;
  return createCtLog(parseBase64(key), about);
}
