import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { joinReasons } from '@assay/core';
import { FORMAT_REASONS } from '@assay/formats';
import { X509_REASONS } from '@assay/x509';
import {
  APPLE_REASONS,
  ASSERTION_CHECKS,
  ATTESTATION_CHECKS,
  RECEIPT_CHECKS,
  SHARED_REASONS,
} from '../../src/index.ts';

const SOURCES = join(import.meta.dirname, '../../src/apple');

describe('App Attest reasons', () => {
  const registry = joinReasons([APPLE_REASONS, SHARED_REASONS, X509_REASONS, FORMAT_REASONS]);

  it('hold every code that a check declares', () => {
    for (const check of [...ATTESTATION_CHECKS, ...ASSERTION_CHECKS, ...RECEIPT_CHECKS]) {
      for (const code of check.codes) assert.ok(registry.has(code), `${check.id}: ${code}`);
    }
  });

  it('hold exactly the codes that the code spells', () => {
    const used = new Set(readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).flatMap(codesIn));
    assert.deepEqual([...used].sort(), Object.keys(APPLE_REASONS).sort());
  });
});

/** Codes have two words, `apple.nonce_missing`; ids of checks have three. */
function codesIn(file: string): readonly string[] {
  if (!file.endsWith('.ts') || file === 'reasons.ts') return [];
  return [...readFileSync(join(SOURCES, file), 'utf8').matchAll(/'(apple\.[a-z_]+)'/g)].map(([, code = '']) => code);
}
