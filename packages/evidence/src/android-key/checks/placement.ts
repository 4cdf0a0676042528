import type { CheckStep } from '@assay/core';
import { CLAUSE } from '../clauses.ts';
import { KEY_DESCRIPTION_OID } from '../key-description/index.ts';
import { refused } from '../reasons.ts';
import type { KeyAttestationState } from '../state.ts';

/**
 * Stops chain extension: an app can have a signing key attested and use it to sign a certificate with an invented
 * KeyDescription, and every signature still leads to Google. So the statement stands in certificate 0, whose key it is
 * about, and in none that issued another.
 */
export const placement: CheckStep<KeyAttestationState> = {
  id: 'android-key.placement',
  clause: CLAUSE.placement,
  proves: 'certificate 0 carries a KeyDescription, and no other does',
  codes: ['android.key_description_missing', 'android.key_description_in_issuer'],
  run({ certificates }) {
    const carriers = certificates.value.flatMap(({ extensions }, index) =>
      extensions.has(KEY_DESCRIPTION_OID) ? [index] : [],
    );
    const issuer = carriers.find((index) => index > 0);
    const detail = { clause: CLAUSE.placement, expected: 'in certificate 0 alone' };
    if (!carriers.includes(0)) {
      throw refused('android.key_description_missing', {
        ...detail,
        found: issuer === undefined ? 'in no certificate' : `in certificate ${issuer}`,
      });
    }
    if (issuer !== undefined) {
      throw refused('android.key_description_in_issuer', { ...detail, found: `in certificate ${issuer} too` });
    }
    return undefined;
  },
};
