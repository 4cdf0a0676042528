import { type CheckStep, EvidenceError } from '@assay/core';
import { decoding } from '../../../shared/decoding.ts';
import { hardening } from '../clauses.ts';
import { parseAttestationObject } from '../object.ts';
import type { AttestationState } from '../state.ts';

const FORMAT = 'apple-appattest';
const clause = hardening('one bounded CBOR item with nothing after it');

/** Stops oversized, ambiguous or trailing input before anything is computed over it. */
export const object: CheckStep<AttestationState> = {
  id: 'apple.attestation.object',
  clause,
  proves: 'the object is one CBOR map of format apple-appattest',
  codes: ['apple.attestation_malformed', 'apple.format_unexpected'],
  run(state) {
    const parsed = decoding('apple.attestation_malformed', 'the attestation object', clause, () =>
      parseAttestationObject(state.input.attestationObject),
    );
    if (parsed.format !== FORMAT) {
      throw new EvidenceError('apple.format_unexpected', 'the object is of another attestation format', {
        clause,
        expected: FORMAT,
      });
    }
    state.object.value = parsed;
    return undefined;
  },
};
