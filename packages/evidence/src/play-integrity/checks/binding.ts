import type { CheckStep } from '@assay/core';
import { constantTimeEqual, FormatError, parseBase64url, utf8 } from '@assay/formats';
import { CLAUSE } from '../clauses.ts';
import type { PlayPayload } from '../payload.ts';
import { refused } from '../reasons.ts';
import type { PlayBinding, PlayIntegrityState } from '../state.ts';

/** Stops replay, and tokens that were requested for something else. A nonce never stands in for a hash, nor the reverse. */
export const binding: CheckStep<PlayIntegrityState> = {
  id: 'play-integrity.binding',
  clause: CLAUSE.binding,
  proves: 'the token was requested for this very request',
  codes: ['play.binding_mismatch'],
  run({ input, payload }) {
    const found = boundBytes(input.binding, payload.value.requestDetails);
    if (found === undefined || !constantTimeEqual(found, expectedBytes(input.binding))) {
      throw refused('play.binding_mismatch', {
        clause: CLAUSE.binding,
        expected: MEMBER[input.binding.kind],
        found: found === undefined ? 'none that can be read' : 'another value',
      });
    }
    return MEMBER[input.binding.kind];
  },
};

const MEMBER: Readonly<Record<PlayBinding['kind'], string>> = { standard: 'requestHash', classic: 'nonce' };

function expectedBytes(binding: PlayBinding): Uint8Array {
  return binding.kind === 'standard' ? utf8(binding.requestHash) : binding.nonce;
}

/** A hash is a text and comes back as it was; of a nonce Play keeps the bytes, and writes them in either alphabet, padded or not. */
function boundBytes({ kind }: PlayBinding, details: PlayPayload['requestDetails'] = {}): Uint8Array | undefined {
  // Not `utf8`, which throws for half of a surrogate pair: a decoded verdict may hold one, and then is another value.
  if (kind === 'standard') return details.requestHash === undefined ? undefined : Buffer.from(details.requestHash);
  return details.nonce === undefined ? undefined : nonceBytes(details.nonce);
}

const PADDING = /={1,2}$/;

function nonceBytes(text: string): Uint8Array | undefined {
  try {
    return parseBase64url(text.replace(PADDING, '').replaceAll('+', '-').replaceAll('/', '_'));
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
