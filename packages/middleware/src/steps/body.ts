// Step 5, last part: the body is the one that the app signed, where a route asks for that.
import { textHash, type VerifiedProof } from '@assay/tokens';
import { fault } from '../fault.ts';
import type { Incoming } from '../incoming.ts';

/**
 * Proves that nobody changed the body on the way. Also for requests whose proof was used up by the check of an outer route.
 *
 * @throws EvidenceError `middleware.body_unproven`, `middleware.body_mismatch`; ConfigError `middleware.body_unread`
 */
export async function proveBody({ body }: Incoming, proof: VerifiedProof | undefined): Promise<void> {
  const named = proof?.claims.bod_h;
  if (named === undefined) throw fault('middleware.body_unproven');
  if (body === undefined) throw fault('middleware.body_unread');
  if (textHash(await body()) !== named) throw fault('middleware.body_mismatch');
}
