import type { CheckStep } from '@assay/core';
import { CLAUSE } from '../clauses.ts';
import { type CompactJwe, decryptJwe } from '../jwe.ts';
import type { ImportedPlayKeys } from '../keys.ts';
import { refused } from '../reasons.ts';
import type { PlayIntegrityState } from '../state.ts';

/** Stops tokens of other apps, and every token that was changed on its way. */
export const decryption: CheckStep<PlayIntegrityState> = {
  id: 'play-integrity.decryption',
  clause: CLAUSE.decryption,
  proves: 'the token was encrypted for this app and not changed since',
  codes: ['play.decryption_failed'],
  run({ jwe, keys, jws }) {
    // Latin-1 keeps octets apart that are no characters of a JWS: the next check refuses every one of them.
    jws.value = Buffer.from(open(jwe.value, keys.value)).toString('latin1');
    return undefined;
  },
};

/** One answer to every fault: which of key, header, ciphertext and tag is wrong is nothing to tell apart. */
function open(jwe: CompactJwe, { decryption: key }: ImportedPlayKeys): Uint8Array {
  try {
    return decryptJwe(jwe, key);
  } catch (cause) {
    throw refused('play.decryption_failed', { clause: CLAUSE.decryption }, cause);
  }
}
