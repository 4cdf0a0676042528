import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { joinReasons } from '@assay/core';
import { FORMAT_REASONS } from '@assay/formats';
import { PLAY_INTEGRITY_CHECKS, PLAY_REASONS, SHARED_REASONS } from '../../src/index.ts';

describe('reason codes of Play Integrity', () => {
  const registry = joinReasons([PLAY_REASONS, SHARED_REASONS, FORMAT_REASONS]);

  it('hold every code of every check', () => {
    for (const code of PLAY_INTEGRITY_CHECKS.flatMap(({ codes }) => codes)) {
      assert.match(registry.get(code)?.family ?? 'none', /^(evidence|request)$/, code);
    }
  });

  it('are one sentence and a next step each', () => {
    for (const { code, summary, hint } of Object.values(PLAY_REASONS)) {
      assert.match(code, /^play\.[a-z_]+$/);
      assert.match(summary, /^[A-Z][^\n]+\.$/);
      assert.match(hint, /^[A-Z][^\n]+\.$/);
    }
  });
});
