// Step 4, first half: the address that a proof is compared with is the one that routing goes by, in one spelling only.
import { toPath } from '@assay/tokens';
import { fault } from '../fault.ts';
import { type Incoming, pathOf } from '../incoming.ts';

/** Headers by which frameworks let a POST become another method behind the check. */
const OVERRIDES = ['x-http-method-override', 'x-http-method', 'x-method-override'];

/**
 * The public address of the request: configured origin and requested path.
 *
 * @throws RequestError `middleware.method_overridden`, `middleware.target_unreadable`, `middleware.target_rewritten`,
 * `tokens.target_ambiguous`
 */
export function provenAddress(incoming: Incoming, publicOrigin: string): string {
  if (OVERRIDES.some((name) => incoming.headers(name).length > 0)) throw fault('middleware.method_overridden');
  const { target, routed } = incoming;
  // Absolute form would let the client name a host; a fragment is no part of a target (RFC 9112 3.2), yet routers cut at it.
  if (!target.startsWith('/') || target.includes('#')) throw fault('middleware.target_unreadable');
  const path = pathOf(target);
  if (path !== pathOf(routed)) throw fault('middleware.target_rewritten');
  assertOneSpelling(path);
  return `${publicOrigin}${path}`;
}

/**
 * `%61` and `a` are one path to a proof (RFC 3986 6.2.2.2), but two to a router that matches before it decodes: the proof for
 * `/users/me` would open `/users/:id`.
 */
function assertOneSpelling(path: string): void {
  if (toPath(path).length !== path.length) throw fault('middleware.target_unreadable', { found: 'an encoded letter' });
}
