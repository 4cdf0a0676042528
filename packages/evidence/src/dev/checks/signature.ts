import { createPublicKey, type KeyObject } from 'node:crypto';
import { type CheckStep, ConfigError, EvidenceError } from '@assay/core';
import { type EcJwk, object, oneOf, raising } from '@assay/formats/shape';
import { isSignedEs256 } from '../../shared/jws.ts';
import { clause as section } from '../clauses.ts';
import type { DevState } from '../state.ts';
import { DEV_TYPE } from '../token.ts';

const clause = section('Form');
const readHeader = object({ alg: oneOf(['ES256']), typ: oneOf([DEV_TYPE]) });

/** Stops whoever holds no grant. The key is the stored one, never one that comes along. */
export const signature: CheckStep<DevState> = {
  id: 'dev.token.signature',
  clause,
  proves: 'the key of the grant signed the token with ES256',
  codes: ['dev.header_unexpected', 'dev.grant_key_unusable', 'dev.signature_invalid'],
  run(state) {
    raising(
      () => readHeader(state.token.value.header, 'header'),
      ({ message: expected }) =>
        new EvidenceError('dev.header_unexpected', 'the header is not that of `dev` evidence', { clause, expected }),
    );
    if (isSignedEs256(state.token.value, keyOf(state.input.grant.jwk))) return undefined;
    throw new EvidenceError('dev.signature_invalid', 'the signature does not hold', { clause });
  },
};

function keyOf({ kty, crv, x, y }: EcJwk): KeyObject {
  try {
    return createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  } catch (cause) {
    throw new ConfigError('dev.grant_key_unusable', 'the stored key of the grant cannot be used', {}, { cause });
  }
}
