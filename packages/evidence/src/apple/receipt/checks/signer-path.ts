import type { CheckStep } from '@assay/core';
import { APPLE, validateChain } from '@assay/x509';
import { PATH_CODES } from '../../../shared/path-codes.ts';
import { step } from '../clauses.ts';
import type { ReceiptState } from '../state.ts';

/**
 * Judged at the creation time: Apple's signers live about a year, and a stored receipt outlives them. The creation time is
 * covered by the signature that the next check verifies.
 */
export const signerPath: CheckStep<ReceiptState> = {
  id: 'apple.receipt.signer_path',
  clause: step('2'),
  proves: 'the signer leads to the Apple root for receipts, all valid when the receipt was made',
  codes: PATH_CODES,
  run(state) {
    const { certificate, issuers } = state.signer.value;
    const path = validateChain({
      chain: [certificate, ...issuers],
      anchors: state.context.trust.receipt,
      at: state.payload.value.creationTime,
      profile: APPLE,
      memory: state.memory.signatures,
    });
    for (const issuer of issuers) state.memory.issuers.add(issuer);
    state.path.value = path;
    return `path to ${path.anchor.id}`;
  },
};
