import { type CheckStep, RequestError } from '@assay/core';
import { ANDROID_TOLERANCES, type Certificate, parseCertificate } from '@assay/x509';
import { type ChainMemory, recallIssuer } from '../../shared/chain-memory.ts';
import { CLAUSE } from '../clauses.ts';
import { malformed } from '../reasons.ts';
import type { KeyAttestationState } from '../state.ts';

/** Decodes every certificate, with the deviations that genuine devices show and no others. */
export const certificates: CheckStep<KeyAttestationState> = {
  id: 'android-key.certificates',
  clause: CLAUSE.certificates,
  proves: 'every certificate decodes',
  codes: ['android.certificate_malformed'],
  run({ input: { chain }, memory, certificates }) {
    certificates.value = chain.map((der, index) => parse(der, index, memory));
    return undefined;
  },
};

function parse(der: Uint8Array, index: number, memory: ChainMemory): Certificate {
  try {
    return index === 0
      ? parseCertificate(der, { tolerate: ANDROID_TOLERANCES })
      : recallIssuer(memory, der, ANDROID_TOLERANCES);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const detail = { clause: CLAUSE.certificates, ...error.detail, found: `${error.code} in certificate ${index}` };
    throw malformed('android.certificate_malformed', detail, error);
  }
}
