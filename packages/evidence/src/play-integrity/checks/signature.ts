import { verify } from 'node:crypto';
import type { CheckStep } from '@assay/core';
import { parseBase64url, utf8 } from '@assay/formats';
import { json, object } from '@assay/formats/shape';
import { readProtectedHeader, sizedPart, splitCompact } from '../../shared/compact.ts';
import { decoding } from '../../shared/decoding.ts';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import type { PlayIntegrityState } from '../state.ts';

/** RFC 7518 3.4: r and s of 32 bytes each. */
const SIGNATURE_BYTES = 64;

/** The key is the one that is configured: no `kid`, `jwk` or `x5c` that could name another (RFC 8725 3.10). */
const readHeader = object({ alg: json });

/**
 * Stops verdicts of whoever has the decryption key, which Google, the operator and everyone that he gave it to have. The
 * algorithm is compared before the signature is looked at: `none` has none, and HS256 would take the public key for a secret.
 */
export const signature: CheckStep<PlayIntegrityState> = {
  id: 'play-integrity.signature',
  clause: CLAUSE.signature,
  proves: 'Google Play signed the verdict, with ES256 and the key of this app',
  codes: ['play.jws_malformed', 'play.algorithm_refused', 'play.signature_invalid'],
  run({ jws, keys, decoded }) {
    const [header, payload = '', signed] = parts(jws.value);
    assertAlgorithm(header);
    const bytes = decode(() => sizedPart(signed, SIGNATURE_BYTES));
    const content = decode(() => parseBase64url(payload));
    const key = { key: keys.value.verification, dsaEncoding: 'ieee-p1363' } as const;
    if (!verify('sha256', utf8(`${header}.${payload}`), key, bytes)) {
      throw refused('play.signature_invalid', { clause: CLAUSE.signature });
    }
    decoded.value = content;
    return undefined;
  },
};

function parts(jws: string): readonly string[] {
  return decode(() => splitCompact(jws, 3));
}

function assertAlgorithm(header: string | undefined): void {
  const { alg } = decode(() => readProtectedHeader(header, readHeader));
  if (alg === 'ES256') return;
  throw refused('play.algorithm_refused', { clause: CLAUSE.signature, expected: 'ES256' });
}

function decode<T>(read: () => T): T {
  return decoding('play.jws_malformed', 'the signed verdict', CLAUSE.signature, read);
}
