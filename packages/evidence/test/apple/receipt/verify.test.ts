import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { createChainMemory, RECEIPT_CHECKS, verifyAppAttestReceipt } from '../../../src/index.ts';
import { APP_ID, sha256 } from '../../support/mint-apple.ts';
import { CONTENT_TYPE, CREATED, fieldsWith, messageDigest, mintReceipt } from '../../support/mint-receipt.ts';
import { receiving } from '../../support/run-apple.ts';

describe('verifyAppAttestReceipt', () => {
  it('proves what Apple says', () => {
    const result = receiving()();
    assert.equal(result.outcome, 'verified');
    const { clientDataHash, ...rest } = result.proven;
    assert.equal(clientDataHash.length, 32);
    assert.deepEqual(rest, {
      appId: APP_ID,
      token: 'token',
      type: 'RECEIPT',
      environment: 'production',
      creationTime: CREATED,
      riskMetric: 2,
      notBefore: Date.parse('2026-11-21T23:59:00Z'),
      expirationTime: Date.parse('2027-02-18T23:59:00.250Z'),
    });
    assert.deepEqual(
      result.checks.map(({ check, outcome }) => [check, outcome]),
      RECEIPT_CHECKS.map(({ id }) => [id, 'passed']),
    );
  });

  it('reads an undocumented environment as unknown', () => {
    const result = receiving({ fields: fieldsWith(7, 'staging') })();
    assert.equal(result.outcome, 'verified');
    assert.equal(result.proven.environment, undefined);
  });

  it('verifies signed attributes, where there are some', () => {
    const attributes = (content: Uint8Array) => [CONTENT_TYPE, messageDigest(sha256(content))];
    assert.equal(receiving({ attributes })().outcome, 'verified');
  });

  it('judges the signer at the creation time', () => {
    const { input, context } = mintReceipt({}, { maxCreationAgeMs: 'any' });
    const years = 10 * 365 * 86_400_000;
    assert.equal(verifyAppAttestReceipt(input, { ...context, at: context.at + years }).outcome, 'verified');
  });

  it('decides alike with a memory', () => {
    const { input, context } = mintReceipt();
    const memory = createChainMemory(8);
    for (let round = 0; round < 3; round += 1) {
      assert.equal(verifyAppAttestReceipt(input, { ...context, memory }).outcome, 'verified');
    }
  });

  it('refuses to run without App IDs or anchors', () => {
    const { input, context } = mintReceipt();
    assert.throws(
      () => verifyAppAttestReceipt({ ...input, appIds: [] }, context),
      (error) => error instanceof ConfigError && error.code === 'apple.app_ids_empty',
    );
    assert.throws(
      () => verifyAppAttestReceipt(input, { ...context, trust: { receipt: [] } }),
      (error) => error instanceof ConfigError && error.code === 'x509.anchors_empty',
    );
  });
});
