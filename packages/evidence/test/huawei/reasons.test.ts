import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { joinReasons } from '@assay/core';
import { FORMAT_REASONS } from '@assay/formats';
import { X509_REASONS } from '@assay/x509';
import { HUAWEI_REASONS, SHARED_REASONS, SYS_INTEGRITY_CHECKS } from '../../src/index.ts';

describe('reason codes of Huawei', () => {
  const registry = joinReasons([HUAWEI_REASONS, SHARED_REASONS, X509_REASONS, FORMAT_REASONS]);

  it('hold every code of every check', () => {
    for (const code of SYS_INTEGRITY_CHECKS.flatMap(({ codes }) => codes)) {
      assert.match(registry.get(code)?.family ?? 'none', /^(evidence|request)$/, code);
    }
  });

  it('are one sentence and a next step each', () => {
    for (const { code, summary, hint } of Object.values(HUAWEI_REASONS)) {
      assert.match(code, /^huawei\.[a-z_]+$/);
      assert.match(summary, /^[A-Z][^\n]+\.$/);
      assert.match(hint, /^[A-Z][^\n]+\.$/);
    }
  });
});
