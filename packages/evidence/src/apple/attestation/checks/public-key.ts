import { type CheckStep, EvidenceError } from '@assay/core';
import { equalBytes } from '@assay/formats';
import { pointOfCoseKey } from '../../cose-key.ts';
import { hardening } from '../clauses.ts';
import type { AttestationState } from '../state.ts';

const clause = hardening('the COSE key equals the certified key');

/** Stops a second key that rides along in the authenticator data: whoever reads that one would store a foreign key. */
export const publicKey: CheckStep<AttestationState> = {
  id: 'apple.attestation.public_key',
  clause,
  proves: 'the COSE key in the authenticator data is the certified key',
  codes: ['apple.public_key_mismatch'],
  run(state) {
    const point = pointOfCoseKey(state.authenticatorData.value.coseKey);
    if (point !== undefined && equalBytes(point, state.point.value)) return undefined;
    throw new EvidenceError('apple.public_key_mismatch', 'the COSE key is not the certified key', {
      clause,
      expected: 'an ES256 COSE key with the coordinates of the leaf certificate',
    });
  },
};
