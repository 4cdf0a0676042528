import type { CheckStep } from '@assay/core';
import { type JsonValue, parseStrictJson } from '@assay/formats';
import { readMembers } from '../../shared/compact.ts';
import { decoding } from '../../shared/decoding.ts';
import { passedOver } from '../../shared/vendor-json.ts';
import { CLAUSE } from '../clauses.ts';
import { PAYLOAD_SHAPE, readPayload } from '../payload.ts';
import type { PlayIntegrityState } from '../state.ts';

const LIMITS = { maxBytes: 1 << 16, maxDepth: 8, maxMembers: 512 };

/** Decodes the verdict. Members that are missing are for the checks that need them; new ones come with every year. */
export const payload: CheckStep<PlayIntegrityState> = {
  id: 'play-integrity.payload',
  clause: CLAUSE.payload,
  proves: 'the verdict decodes',
  codes: ['play.payload_malformed'],
  run({ decoded, payload }) {
    return decoding('play.payload_malformed', 'the verdict', CLAUSE.payload, () => {
      const value = toJson(decoded.value);
      payload.value = readMembers(value, readPayload);
      const unknown = passedOver(value, PAYLOAD_SHAPE);
      return unknown.length === 0 ? undefined : `members passed over: ${unknown.join(', ')}`;
    });
  },
};

function toJson(decoded: Uint8Array | JsonValue): JsonValue {
  return decoded instanceof Uint8Array ? parseStrictJson(decoded, LIMITS) : decoded;
}
