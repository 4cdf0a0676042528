import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANDROID_TOLERANCES, parseCertificate } from '@assay/x509';
import { createIssuerMemory, verifyKeyAttestation } from '../../src/android-key/index.ts';
import { ISSUERS, mintKeyAttestation } from '../support/mint-android.ts';

const [first, second] = ISSUERS.factory.map(({ certificate }) => {
  return parseCertificate(certificate, { tolerate: ANDROID_TOLERANCES });
});
assert.ok(first && second);

describe('createIssuerMemory', () => {
  it('gives back what was added, by the bytes', () => {
    const memory = createIssuerMemory(2);
    memory.add(first);
    assert.equal(memory.get(Uint8Array.from(first.der)), first);
    assert.equal(memory.get(second.der), undefined);
  });

  it('lets the oldest go', () => {
    const memory = createIssuerMemory(1);
    memory.add(first);
    memory.add(second);
    assert.equal(memory.get(first.der), undefined);
    assert.equal(memory.get(second.der), second);
  });

  it('is filled by verified chains only, and changes no verdict', () => {
    const issuers = createIssuerMemory(8);
    const { input, context } = mintKeyAttestation();
    const [, attester] = input.chain;
    assert.ok(attester);
    const late = { ...context, issuers, at: 0 };
    assert.equal(verifyKeyAttestation(input, late).outcome, 'rejected');
    assert.equal(issuers.get(attester), undefined);
    assert.equal(verifyKeyAttestation(input, { ...context, issuers }).outcome, 'verified');
    assert.ok(issuers.get(attester));
    assert.equal(verifyKeyAttestation(input, { ...context, issuers }).outcome, 'verified');
    assert.equal(verifyKeyAttestation(input, late).outcome, 'rejected');
  });
});
