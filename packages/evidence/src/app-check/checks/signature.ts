import { type CheckStep, EvidenceError } from '@assay/core';
import { object, oneOf, raising, word } from '@assay/formats/shape';
import { isSignedRs256 } from '../../shared/jws.ts';
import { step } from '../clauses.ts';
import type { AppCheckState } from '../state.ts';

const clause = step('verify the signature, RS256, type JWT');

/** Exactly these: no `jwk`, `jku`, `x5c` or `crit` that could name another key (RFC 8725 3.10). */
const readHeader = object({ alg: oneOf(['RS256']), typ: oneOf(['JWT']), kid: word(128) });

/** Stops made-up tokens, another algorithm, and a key that the token brings along. */
export const signature: CheckStep<AppCheckState> = {
  id: 'app_check.token.signature',
  clause,
  proves: 'a key that Firebase publishes for App Check signed the token with RS256',
  codes: ['app_check.header_unexpected', 'app_check.key_unknown', 'app_check.signature_invalid'],
  run(state) {
    const token = state.token.value;
    const { kid } = raising(
      () => readHeader(token.header, 'header'),
      ({ message }) =>
        new EvidenceError('app_check.header_unexpected', 'the header is not that of an App Check token', {
          clause,
          expected: message,
        }),
    );
    const key = state.keys.get(kid);
    if (key === undefined) {
      throw new EvidenceError('app_check.key_unknown', 'no published key has the name that the token gives', {
        clause,
      });
    }
    if (isSignedRs256(token, key)) return undefined;
    throw new EvidenceError('app_check.signature_invalid', 'the signature does not hold', { clause });
  },
};
