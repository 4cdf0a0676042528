import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { AssayError } from '@assay/core';
import { parseBase64 } from '@assay/formats';
import { parseCertificate, parseOcspResponse, verifyOcsp } from '@assay/x509';
import { describeVectors } from '../../../../tools/vectors.ts';
import { pemOf } from '../support/pem.ts';

interface OwnCase {
  readonly id: string;
  readonly leaf: string;
  readonly issuer: string;
  readonly ocsp_response_der_b64: string;
  readonly validation_time: string;
  readonly expected: string;
}

/** Our code for each of the vectors' words. */
const CODES: Readonly<Record<string, string>> = {
  'invalid:stale': 'ocsp.stale',
  'invalid:certid-mismatch': 'ocsp.certid_mismatch',
  'invalid:responseStatus-3': 'ocsp.response_unsuccessful',
  'invalid:responder-not-authorised': 'ocsp.responder_not_authorised',
};

describeVectors('own OCSP responses', (dir) => {
  const file = join(dir, 'x509/own/own-ocsp.json');
  const { cases }: { cases: readonly OwnCase[] } = JSON.parse(readFileSync(file, 'utf8'));
  for (const given of cases) {
    it(given.id, () => assert.equal(outcomeOf(given), CODES[given.expected] ?? given.expected));
  }
});

function outcomeOf(given: OwnCase): string {
  try {
    return verifyOcsp({
      response: parseOcspResponse(parseBase64(given.ocsp_response_der_b64)),
      leaf: parseCertificate(pemOf(given.leaf)),
      issuer: parseCertificate(pemOf(given.issuer)),
      at: Date.parse(given.validation_time),
    }).status;
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return error.code;
  }
}
