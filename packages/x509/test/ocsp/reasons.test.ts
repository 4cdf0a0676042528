import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { X509_REASONS } from '@assay/x509';
import { OCSP_ROWS } from '../../src/ocsp/reasons.ts';

const TESTS = ['response', 'verify-ocsp'].map((name) =>
  readFileSync(join(import.meta.dirname, `${name}.test.ts`), 'utf8'),
);

describe('reason codes of OCSP', () => {
  for (const code of Object.keys(OCSP_ROWS)) {
    it(`${code} is registered and tested`, () => {
      assert.ok(code in X509_REASONS);
      assert.ok(TESTS.some((text) => text.includes(`'${code}'`)));
    });
  }
});
