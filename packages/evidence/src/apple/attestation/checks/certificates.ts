import { type CheckStep, EvidenceError } from '@assay/core';
import { parseCertificate } from '@assay/x509';
import { recallIssuer } from '../../../shared/chain-memory.ts';
import { decoding } from '../../../shared/decoding.ts';
import { step } from '../clauses.ts';
import type { AttestationState } from '../state.ts';

const clause = step('1');

/** The two certificates are told apart by position, never by a subject text that anyone can write. */
export const certificates: CheckStep<AttestationState> = {
  id: 'apple.attestation.certificates',
  clause,
  proves: 'x5c holds exactly a leaf and an intermediate certificate, both well formed',
  codes: ['apple.chain_length', 'apple.certificate_malformed'],
  run(state) {
    const [leaf, intermediate, ...more] = state.object.value.x5c;
    if (leaf === undefined || intermediate === undefined || more.length > 0) {
      throw new EvidenceError('apple.chain_length', 'x5c does not hold two certificates', {
        clause,
        expected: '2',
        found: String(state.object.value.x5c.length),
      });
    }
    state.certificates.value = decoding('apple.certificate_malformed', 'a certificate of x5c', clause, () => ({
      leaf: parseCertificate(leaf),
      intermediate: recallIssuer(state.memory, intermediate),
    }));
    return undefined;
  },
};
