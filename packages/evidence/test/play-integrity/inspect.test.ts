import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EvidenceError, RequestError } from '@assay/core';
import { inspectPlayToken, inspectPlayVerdict } from '../../src/index.ts';
import { mintPlayToken, PACKAGE, PLAY_KEYS, REQUEST_HASH, SIGNER } from '../support/mint-play.ts';

describe('inspectPlayToken', () => {
  it('shows the envelope without keys', () => {
    const { alg, enc, verdict, ciphertextBytes } = inspectPlayToken(mintPlayToken());
    assert.deepEqual([alg, enc, verdict], ['A256KW', 'A256GCM', null]);
    assert.ok(ciphertextBytes > 500);
  });

  it('shows the verdict with keys, as plain JSON and without the binding', () => {
    const description = inspectPlayToken(mintPlayToken(), PLAY_KEYS);
    assert.deepEqual(JSON.parse(JSON.stringify(description)), description);
    assert.deepEqual([description.verdict?.boundBy, description.verdict?.requestPackage], ['requestHash', PACKAGE]);
    assert.equal(description.verdict?.requestedAt, '2026-11-21T00:00:00.000Z');
    const text = JSON.stringify(description);
    assert.ok(!text.includes(REQUEST_HASH) && text.includes('MEETS_STRONG_INTEGRITY'));
    assert.ok(text.includes(Buffer.from(SIGNER, 'hex').toString('base64url')));
  });

  it('shows what no verifier would take', () => {
    const forged = mintPlayToken({ sign: () => new Uint8Array(64), jwsHeader: { alg: 'none' } });
    assert.equal(inspectPlayToken(forged, PLAY_KEYS).verdict?.requestPackage, PACKAGE);
    const empty = inspectPlayVerdict({ news: 1 });
    assert.deepEqual([empty.boundBy, empty.requestedAt, empty.passedOver], [null, null, ['news']]);
    assert.equal(
      inspectPlayVerdict({ requestDetails: { nonce: 'AA', timestampMillis: 9e15 } }).requestedAt,
      '9000000000000000',
    );
  });

  it('refuses what does not decode', () => {
    assert.throws(() => inspectPlayToken('a.b.c'), RequestError);
    assert.throws(() => inspectPlayToken(mintPlayToken({ decryptionKey: Buffer.alloc(32) }), PLAY_KEYS), EvidenceError);
  });
});
