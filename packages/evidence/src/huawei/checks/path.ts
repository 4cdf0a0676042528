import type { CheckStep } from '@assay/core';
import { validateChain } from '@assay/x509';
import { PATH_CODES } from '../../shared/path-codes.ts';
import { CLAUSE } from '../clauses.ts';
import { HUAWEI } from '../profile.ts';
import type { SysIntegrityState } from '../state.ts';

/**
 * Stops self-made chains, also those that carry Huawei's names, and chains outside their validity. All certificates are the
 * service's, the leaf too: every device brings the same, so every one is worth remembering.
 */
export const path: CheckStep<SysIntegrityState> = {
  id: 'huawei.path',
  clause: CLAUSE.path,
  proves:
    'every certificate was signed by the next one, and the last by the root of this service, all valid at this time',
  codes: PATH_CODES,
  run({ certificates, anchors, at, memory, anchor }) {
    const chain = certificates.value;
    anchor.value = validateChain({ chain, anchors, at, profile: HUAWEI, memory: memory.signatures, own: 0 }).anchor;
    for (const certificate of chain) memory.issuers.add(certificate);
    return `path to ${anchor.value.id}`;
  },
};
