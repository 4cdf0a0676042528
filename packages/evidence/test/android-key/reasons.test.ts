import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { joinReasons } from '@assay/core';
import { FORMAT_REASONS } from '@assay/formats';
import { X509_REASONS } from '@assay/x509';
import { ANDROID_KEY_REASONS, KEY_ATTESTATION_CHECKS } from '../../src/android-key/index.ts';

describe('reason codes of key attestation', () => {
  const registry = joinReasons([ANDROID_KEY_REASONS, X509_REASONS, FORMAT_REASONS]);

  it('hold every code of every check', () => {
    for (const code of KEY_ATTESTATION_CHECKS.flatMap(({ codes }) => codes)) {
      assert.match(registry.get(code)?.family ?? 'none', /^(evidence|request)$/, code);
    }
  });

  it('are one sentence and a next step each', () => {
    for (const { code, summary, hint } of Object.values(ANDROID_KEY_REASONS)) {
      assert.match(code, /^android\.[a-z_]+$/);
      assert.match(summary, /^[A-Z][^\n]+\.$/);
      assert.match(hint, /^[A-Z][^\n]+\.$/);
    }
  });

  it('let the device try again where only the system was confused', () => {
    assert.equal(ANDROID_KEY_REASONS['android.os_transient_unknown_package'].action, 'retry');
  });
});
