import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { X509_REASONS } from '@assay/x509';
import { CT_ROWS } from '../../src/ct/reasons.ts';

const TESTS = ['sct', 'verify-sct', 'log', 'log-list', 'evaluate-policy'].map((name) =>
  readFileSync(join(import.meta.dirname, `${name}.test.ts`), 'utf8'),
);

describe('reason codes of Certificate Transparency', () => {
  for (const code of Object.keys(CT_ROWS)) {
    it(`${code} is registered and tested`, () => {
      assert.ok(code in X509_REASONS);
      assert.ok(TESTS.some((text) => text.includes(`'${code}'`)));
    });
  }
});
