import {
  type Appraisal,
  type Assertion,
  type AssertionInput,
  type AttestedKey,
  type Receipt,
  type ReceiptInput,
  verifyAppAttestAssertion,
  verifyAppAttestAttestation,
  verifyAppAttestReceipt,
} from '../../src/index.ts';
import { type AssertionSpec, type AttestationSpec, mintAssertion, mintAttestation, NOW } from './mint-apple.ts';
import { mintReceipt, type ReceiptSpec } from './mint-receipt.ts';

/** Each returns the verification of one minted piece of evidence, to be run later. */
export function attesting(changes: Partial<AttestationSpec> = {}, at: number = NOW): () => Appraisal<AttestedKey> {
  return () => {
    const { input, context } = mintAttestation(changes);
    return verifyAppAttestAttestation(input, { ...context, at });
  };
}

export function asserting(
  changes: Partial<AssertionSpec> = {},
  input: Partial<AssertionInput> = {},
): () => Appraisal<Assertion> {
  return () => verifyAppAttestAssertion({ ...mintAssertion(changes), ...input });
}

export function receiving(
  changes: Partial<ReceiptSpec> = {},
  input: Partial<ReceiptInput> = {},
): () => Appraisal<Receipt> {
  return () => {
    const attempt = mintReceipt(changes, input);
    return verifyAppAttestReceipt(attempt.input, attempt.context);
  };
}
