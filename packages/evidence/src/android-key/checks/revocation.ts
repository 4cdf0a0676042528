import type { CheckStep } from '@assay/core';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import type { KeyAttestationState } from '../state.ts';

/**
 * Stops leaked attestation keys, once Google lists them. Every certificate is looked up, the root included. SUSPENDED counts
 * like REVOKED: both mean that Google does not vouch for the key now.
 */
export const revocation: CheckStep<KeyAttestationState> = {
  id: 'android-key.revocation',
  clause: CLAUSE.revocation,
  proves: 'no certificate of the chain is on the status list',
  codes: ['android.revoked'],
  run({ certificates, anchor, context: { statusList } }) {
    if (statusList === undefined) throw new Error('the status list was to be consulted and is not there');
    for (const certificate of [...certificates.value, anchor.value.certificate]) {
      const entry = certificate && statusList.entries.get(certificate.serialHex);
      if (entry !== undefined) {
        const found = entry.reason === undefined ? entry.status : `${entry.status}, ${entry.reason}`;
        throw refused('android.revoked', { clause: CLAUSE.revocation, found });
      }
    }
    return `${statusList.entries.size} entries`;
  },
};
