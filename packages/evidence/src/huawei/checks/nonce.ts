import type { CheckStep } from '@assay/core';
import { constantTimeEqual, FormatError, parseBase64 } from '@assay/formats';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import type { SysIntegrityState } from '../state.ts';

/** Stops replay, and results that were made for something else. */
export const nonce: CheckStep<SysIntegrityState> = {
  id: 'huawei.nonce',
  clause: CLAUSE.nonce,
  proves: 'the result was made for this very request',
  codes: ['huawei.nonce_mismatch'],
  run({ input, payload }) {
    const found = decode(payload.value.nonce);
    if (found === undefined || !constantTimeEqual(found, input.nonce)) {
      throw refused('huawei.nonce_mismatch', {
        clause: CLAUSE.nonce,
        expected: `${input.nonce.length} bytes`,
        found: found === undefined ? 'none that can be read' : foundBytes(found, input.nonce),
      });
    }
    return undefined;
  },
};

function foundBytes(found: Uint8Array, expected: Uint8Array): string {
  return found.length === expected.length ? 'other bytes' : `${found.length} bytes`;
}

/** Standard base64, as both kits write it. */
function decode(text: string | undefined): Uint8Array | undefined {
  if (text === undefined) return undefined;
  try {
    return parseBase64(text);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
