import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { inspectAppAttest, inspectAssertion, inspectReceipt } from '../../src/index.ts';
import { APP_ID, launchMap, mintAssertion, mintAttestation } from '../support/mint-apple.ts';
import { mintReceipt } from '../support/mint-receipt.ts';

const garbage = Uint8Array.of(1, 2, 3);
const isRequestError = (error: unknown): boolean => error instanceof RequestError;

describe('inspection', () => {
  it('describes an attestation, also one that no root vouches for', () => {
    const { input } = mintAttestation({ extensions: launchMap(4, '7'), counter: 3 });
    const { certificates, receiptBytes, ...rest } = inspectAppAttest(input.attestationObject);
    assert.deepEqual(rest, {
      format: 'apple-appattest',
      counter: 3,
      environment: 'appattest',
      launch: { category: 'app_store', bundleVersion: '7' },
      osVersion: null,
      osBuild: null,
      osFamily: null,
    });
    assert.equal(receiptBytes, 7);
    assert.deepEqual(
      certificates.map(({ issuer }) => issuer),
      ['Test App Attestation CA 1', 'Test App Attestation Root'],
    );
  });

  it('describes an attestation without certificates', () => {
    const { input } = mintAttestation({ chain: () => [] });
    assert.deepEqual(inspectAppAttest(input.attestationObject).certificates, []);
  });

  it('describes an assertion', () => {
    assert.deepEqual(inspectAssertion(mintAssertion().assertionObject), {
      counter: 6,
      launch: { category: null, bundleVersion: null },
    });
  });

  it('describes a receipt', () => {
    const { certificates, ...rest } = inspectReceipt(mintReceipt().input.receipt);
    assert.deepEqual(rest, {
      type: 'RECEIPT',
      appId: APP_ID,
      environment: 'production',
      creationTime: '2026-11-20T23:59:00.500Z',
      notBefore: '2026-11-21T23:59:00.000Z',
      expirationTime: '2027-02-18T23:59:00.250Z',
      riskMetric: 2,
    });
    assert.equal(certificates.length, 3);
  });

  it('is plain JSON', () => {
    const description = inspectAppAttest(mintAttestation().input.attestationObject);
    assert.deepEqual(JSON.parse(JSON.stringify(description)), description);
  });

  it('refuses what it cannot read', () => {
    for (const inspect of [inspectAppAttest, inspectAssertion, inspectReceipt]) {
      assert.throws(() => inspect(garbage), isRequestError);
    }
  });
});
