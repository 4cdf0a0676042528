import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { AssayError } from '@assay/core';
import { parseBase64 } from '@assay/formats';
import { createCtLog, parseCertificate, sctsOf, verifySct } from '@assay/x509';
import { describeVectors } from '../../../../tools/vectors.ts';
import { pemOf } from '../support/pem.ts';

interface OwnCase {
  readonly id: string;
  readonly leaf: string;
  readonly issuer: string;
  readonly logs: readonly { readonly description: string; readonly log_id: string; readonly key: string }[];
  readonly validation_time: string;
  readonly expected_scts: readonly string[];
}

/** The words of the vectors for our outcomes. */
const WORDS: Readonly<Record<string, string>> = {
  valid: 'valid',
  unknown_log: 'unknown-log',
  'ct.signature_invalid': 'invalid-signature',
  'ct.list_malformed': 'malformed-list',
};

describeVectors('own timestamps', (dir) => {
  const { cases }: { cases: readonly OwnCase[] } = JSON.parse(readFileSync(join(dir, 'x509/own/own-sct.json'), 'utf8'));
  for (const given of cases) it(given.id, () => assert.deepEqual(outcomesOf(given), given.expected_scts));
});

function outcomesOf(given: OwnCase): readonly (string | undefined)[] {
  const [leaf, issuer] = [parseCertificate(pemOf(given.leaf)), parseCertificate(pemOf(given.issuer))];
  const logs = given.logs.map(toLog);
  const at = Date.parse(given.validation_time);
  try {
    const outcomes = sctsOf(leaf).map((sct) => verifySct({ sct, leaf, issuer, entry: 'precert', logs, at }));
    return outcomes.map((outcome) => WORDS[outcome.status === 'invalid' ? outcome.code : outcome.status]);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return [WORDS[error.code]];
  }
}

function toLog({ description, key, log_id }: OwnCase['logs'][number]) {
  const log = createCtLog(parseBase64(key), {
    ...{ description, operator: description, previousOperators: [], api: 'rfc6962', state: undefined },
  });
  assert.equal(log.id, log_id);
  return log;
}
