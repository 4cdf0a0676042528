import type { CheckStep } from '@assay/core';
import { decoding } from '../../../shared/decoding.ts';
import { step } from '../clauses.ts';
import { parsePayload } from '../payload.ts';
import type { ReceiptState } from '../state.ts';

const clause = step('3');

/** Read before the signature, because the signer's path is judged at the creation time inside; trusted only after it. */
export const payload: CheckStep<ReceiptState> = {
  id: 'apple.receipt.payload',
  clause,
  proves: 'the receipt has its fields, each once',
  codes: ['apple.receipt_payload_malformed'],
  run(state) {
    state.payload.value = decoding('apple.receipt_payload_malformed', 'the payload of the receipt', clause, () =>
      parsePayload(state.signed.value.content),
    );
    return state.payload.value.type;
  },
};
