import type { Clock } from '@assay/core';
import { toBase64url, utf8 } from '@assay/formats';

/** A grant for `dev` evidence, as `assay dev grant` makes it. */
export interface VirtualGrant {
  readonly id: string;
  /** ES256 by the key of the grant: r then s, 64 bytes. */
  readonly sign: (input: Uint8Array) => Uint8Array;
}

const HEADER = toBase64url(utf8('{"alg":"ES256","typ":"assay-dev+jwt"}'));

/** `dev` evidence of simulators and CI jobs: the grant's word for one binding. */
export function grantToken({ id, sign }: VirtualGrant, binding: string, clock: Clock): string {
  const claims = JSON.stringify({ binding, grant: id, iat: Math.floor(clock() / 1000) });
  const input = `${HEADER}.${toBase64url(utf8(claims))}`;
  return `${input}.${toBase64url(sign(utf8(input)))}`;
}
