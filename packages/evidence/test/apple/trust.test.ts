import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { loadAnchor } from '@assay/x509';
import { APP_ATTESTATION_ROOT } from '../../src/apple/anchors/app-attestation-root.ts';
import { ROOT_CA_G3 } from '../../src/apple/anchors/root-ca-g3.ts';
import { assertAnchors, loadAppleTrust } from '../../src/apple/trust.ts';

const throwsCode = (run: () => unknown, code: string): void =>
  assert.throws(run, (error) => error instanceof ConfigError && error.code === code);

describe('Apple trust', () => {
  it('has one root for each use', () => {
    const trust = loadAppleTrust();
    assert.deepEqual(
      trust.attestation.map(({ id }) => id),
      ['apple-app-attestation-root'],
    );
    assert.deepEqual(
      trust.receipt.map(({ id }) => id),
      ['apple-root-ca-g3'],
    );
  });

  it('refuses a root under the digest of another', () => {
    throwsCode(() => loadAnchor({ ...APP_ATTESTATION_ROOT, pem: ROOT_CA_G3.pem }), 'x509.anchor_not_genuine');
  });

  it('refuses no roots at all', () => {
    throwsCode(() => assertAnchors([]), 'x509.anchors_empty');
  });
});
