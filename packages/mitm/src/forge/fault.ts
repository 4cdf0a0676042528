import type { ConfigError, RequestError, UpstreamError } from '@assay/core';
import { mitmFault } from '../reasons.ts';

/** A recipe that cannot be made into bytes: which member, and what it says. */
export function unforgeable(
  member: string,
  found: string,
  cause?: unknown,
): ConfigError | RequestError | UpstreamError {
  return mitmFault('mitm.recipe_unforgeable', { expected: `another ${member}`, found: quoted(found) }, cause);
}

const LONGEST_QUOTE = 120;

/** On one line, control characters escaped: names with NUL are among the things that recipes hold. */
export function quoted(text: string): string {
  return JSON.stringify(text).slice(0, LONGEST_QUOTE);
}
