import type { CheckStep } from '@assay/core';
import { decoding } from '../../../shared/decoding.ts';
import { assertSize } from '../../../shared/members.ts';
import { parseSignedData } from '../cms.ts';
import type { ReceiptState } from '../state.ts';

/** Genuine receipts have 3.6 to 3.8 KB. */
const MAX_BYTES = 16 * 1024;
const clause = 'RFC 5652, 5.1';

export const envelope: CheckStep<ReceiptState> = {
  id: 'apple.receipt.envelope',
  clause,
  proves: 'the receipt is CMS signed data with one signer, SHA-256 and ECDSA',
  codes: ['apple.receipt_malformed'],
  run(state) {
    state.signed.value = decoding('apple.receipt_malformed', 'the receipt', clause, () => {
      assertSize(state.input.receipt, MAX_BYTES);
      return parseSignedData(state.input.receipt);
    });
    return undefined;
  },
};
