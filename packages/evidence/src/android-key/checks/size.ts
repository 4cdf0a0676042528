import type { CheckStep } from '@assay/core';
import { CLAUSE } from '../clauses.ts';
import { malformed } from '../reasons.ts';
import type { KeyAttestationState } from '../state.ts';

/** Genuine chains have three to five certificates; two are a software chain without its root. */
const MIN_CERTIFICATES = 2;
const MAX_CERTIFICATES = 6;
/** Genuine certificates stay under 1.5 KiB; an ML-DSA-87 key alone is 2.6 KB. */
const MAX_CERTIFICATE_BYTES = 4096;

/** Stops chains made to cost time: everything after this works on at most 24 KiB. */
export const size: CheckStep<KeyAttestationState> = {
  id: 'android-key.size',
  clause: CLAUSE.size,
  proves: 'the chain has as many certificates, and as large ones, as devices send',
  codes: ['android.chain_size'],
  run({ input: { chain } }) {
    if (chain.length < MIN_CERTIFICATES || chain.length > MAX_CERTIFICATES) {
      throw wrongSize(`${MIN_CERTIFICATES} to ${MAX_CERTIFICATES} certificates`, `${chain.length}`);
    }
    const largest = Math.max(...chain.map((der) => der.length));
    if (largest > MAX_CERTIFICATE_BYTES) throw wrongSize(`at most ${MAX_CERTIFICATE_BYTES} bytes each`, `${largest}`);
    return `${chain.length} certificates`;
  },
};

function wrongSize(expected: string, found: string): Error {
  return malformed('android.chain_size', { clause: CLAUSE.size, expected, found });
}
