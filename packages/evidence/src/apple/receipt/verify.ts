/**
 * App Attest receipt, after Apple's "Assessing fraud risk", as read on 2026-11-21. Every step of that page, in an order
 * that decodes first; fetching a newer receipt is for a layer above.
 */
import type { CheckStep, Facts } from '@assay/core';
import { type Appraisal, appraise, type Conclusion } from '../../shared/appraisal.ts';
import { assertAppIds } from '../app-ids.ts';
import { appFacts } from '../facts.ts';
import { assertAnchors } from '../trust.ts';
import { appId } from './checks/app-id.ts';
import { creationTime } from './checks/creation-time.ts';
import { envelope } from './checks/envelope.ts';
import { payload } from './checks/payload.ts';
import { publicKey } from './checks/public-key.ts';
import { signature } from './checks/signature.ts';
import { signer } from './checks/signer.ts';
import { signerPath } from './checks/signer-path.ts';
import type { ReceiptPayload } from './payload.ts';
import { createState, type ReceiptContext, type ReceiptInput, type ReceiptState } from './state.ts';

export const RECEIPT_CHECKS: readonly CheckStep<ReceiptState>[] = [
  envelope,
  payload,
  signer,
  signerPath,
  signature,
  appId,
  creationTime,
  publicKey,
];

/** What Apple says in the receipt. */
export type Receipt = Omit<ReceiptPayload, 'certificate'>;

/**
 * Verifies a receipt: Apple made it for this app and this key.
 *
 * @throws ConfigError `apple.app_ids_empty`, `x509.anchors_empty`
 */
export function verifyAppAttestReceipt(input: ReceiptInput, context: ReceiptContext): Appraisal<Receipt> {
  assertAppIds(input.appIds);
  assertAnchors(context.trust.receipt);
  return appraise(RECEIPT_CHECKS, createState(input, context), conclude);
}

function conclude(state: ReceiptState): Conclusion<Receipt> {
  const { certificate: _, ...receipt } = state.payload.value;
  return { proven: receipt, facts: receiptFacts(receipt) };
}

/** A receipt says nothing about how the app was launched. */
function receiptFacts(receipt: Receipt): Facts {
  return appFacts(receipt.appId, { category: undefined, bundleVersion: undefined });
}
