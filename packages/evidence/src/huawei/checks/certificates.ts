import { type CheckStep, RequestError } from '@assay/core';
import type { Certificate } from '@assay/x509';
import { type ChainMemory, recallIssuer } from '../../shared/chain-memory.ts';
import { CLAUSE } from '../clauses.ts';
import { malformed, refused } from '../reasons.ts';
import type { SysIntegrityState } from '../state.ts';

/** Stops chains of another length than the service sends: a certificate too many is a key that was made to issue. */
export const certificates: CheckStep<SysIntegrityState> = {
  id: 'huawei.certificates',
  clause: CLAUSE.certificates,
  proves: 'the result brings as many certificates as its service sends, and every one decodes',
  codes: ['huawei.chain_length', 'huawei.certificate_malformed'],
  run({ row, jws, memory, certificates }) {
    const [leaf, ...issuers] = jws.value.x5c;
    const [min, max] = row.certificates;
    const length = 1 + issuers.length;
    if (leaf === undefined || length < min || length > max) {
      const expected = min === max ? `exactly ${min}` : `${min} to ${max}`;
      throw refused('huawei.chain_length', { clause: CLAUSE.certificates, expected, found: `${length}` });
    }
    const parsed = issuers.map((der, index) => parse(der, index + 1, memory));
    certificates.value = [parse(leaf, 0, memory), ...parsed];
    return `${length} certificates`;
  },
};

function parse(der: Uint8Array, index: number, memory: ChainMemory): Certificate {
  try {
    return recallIssuer(memory, der);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const detail = { clause: CLAUSE.certificates, ...error.detail, found: `${error.code} in certificate ${index}` };
    throw malformed('huawei.certificate_malformed', detail, error);
  }
}
