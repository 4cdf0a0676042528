import type { ConfigError, RequestError, UpstreamError } from '@assay/core';
import { mitmFault } from '../reasons.ts';

/** A recipe that cannot be made into bytes: which member, and what it says. */
export function unforgeable(
  member: string,
  found: string,
  cause?: unknown,
): ConfigError | RequestError | UpstreamError {
  return mitmFault('mitm.recipe_unforgeable', { expected: `another ${member}`, found }, cause);
}
