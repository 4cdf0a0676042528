import type { KeyObject } from 'node:crypto';
import { verifyEs256 } from './es256.ts';
import { type SigningKey, signJws } from './signing-key.ts';
import { TYPES } from './wire/jws.ts';
import { openReply, type Reply, type ReplyExpectation } from './wire/reply.ts';

/** The reply as sent: a compact JWS by the reply key. */
export function signReply(reply: Reply, key: SigningKey): string {
  return signJws(TYPES.reply, reply, key);
}

/**
 * Opens a reply with keys of `node:crypto`, by `kid`; see {@link openReply}.
 *
 * @throws UpstreamError `tokens.reply_malformed`, `tokens.reply_signature_invalid`, `tokens.reply_mismatch`
 */
export function verifyReply(
  text: string,
  expected: ReplyExpectation,
  keys: ReadonlyMap<string, KeyObject>,
): Promise<Reply> {
  return openReply(text, expected, (kid, signingInput, signature) => {
    const key = keys.get(kid);
    return key !== undefined && verifyEs256(signingInput, signature, key);
  });
}
