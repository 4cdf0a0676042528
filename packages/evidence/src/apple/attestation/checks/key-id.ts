import { hash } from 'node:crypto';
import { type CheckStep, EvidenceError } from '@assay/core';
import { constantTimeEqual } from '@assay/formats';
import { pointOfSpki } from '../../p256.ts';
import { step } from '../clauses.ts';
import type { AttestationState } from '../state.ts';

const clause = step('5');

/** Stops an app (or a man in the middle) from naming another key than the certified one. */
export const keyId: CheckStep<AttestationState> = {
  id: 'apple.attestation.key_id',
  clause,
  proves: 'the key identifier is the SHA-256 of the certified P-256 public key',
  codes: ['apple.leaf_key_unexpected', 'apple.key_id_mismatch'],
  run(state) {
    const point = pointOfSpki(state.certificates.value.leaf.spki);
    if (point === undefined) {
      throw new EvidenceError('apple.leaf_key_unexpected', 'the certified key is no P-256 key', {
        clause,
        expected: 'an uncompressed P-256 point',
      });
    }
    if (!constantTimeEqual(hash('sha256', point, 'buffer'), state.input.keyId)) {
      throw new EvidenceError('apple.key_id_mismatch', 'the key identifier names another key', {
        clause,
        hint: 'the key identifier is standard base64 of 32 bytes; check that it belongs to this attestation',
      });
    }
    state.point.value = point;
    return undefined;
  },
};
