// Step 5, last part: query and body are those that the app signed, where a route asks for that.
import { textHash, type VerifiedProof } from '@assay/tokens';
import { fault } from '../fault.ts';
import type { Incoming } from '../incoming.ts';

/**
 * Proves that nobody changed the body on the way. Also for requests whose proof was used up by the check of an outer route.
 *
 * @throws EvidenceError `middleware.body_unproven`, `middleware.body_mismatch`; RequestError `middleware.body_too_large`; ConfigError
 * `middleware.body_unread`
 */
export async function proveBody({ body }: Incoming, proof: VerifiedProof | undefined, limit: number): Promise<void> {
  const named = proof?.claims.bod_h;
  if (named === undefined) throw fault('middleware.body_unproven');
  if (body === undefined) throw fault('middleware.body_unread');
  const octets = await body(limit);
  if (octets.length > limit) throw fault('middleware.body_too_large', { expected: `at most ${limit} octets` });
  // In any time: the caller knows both, the hash and what it is of.
  if (textHash(octets) !== named) throw fault('middleware.body_mismatch');
}

/**
 * Proves that the proof names the query: then it was compared with it when the proof was verified.
 *
 * @throws EvidenceError `middleware.query_unproven`
 */
export function proveQuery(proof: VerifiedProof | undefined): void {
  if (proof?.claims.qry_h === undefined) throw fault('middleware.query_unproven');
}
