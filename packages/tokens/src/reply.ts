import type { KeyObject } from 'node:crypto';
import { verifyEs256 } from './es256.ts';
import { fault } from './fault.ts';
import { type SigningKey, signJws } from './signing-key.ts';
import { TYPES } from './wire/jws.ts';
import { openReply, REPLY_LIMITS, type Reply, type ReplyExpectation } from './wire/reply.ts';

/**
 * The reply as sent: a compact JWS by the reply key.
 *
 * @throws ConfigError `tokens.reply_too_large` for one that no client would open
 */
export function signReply(reply: Reply, key: SigningKey): string {
  const text = signJws(TYPES.reply, reply, key);
  if (text.length > REPLY_LIMITS.characters)
    throw fault('tokens.reply_too_large', { expected: `at most ${REPLY_LIMITS.characters} characters` });
  return text;
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
