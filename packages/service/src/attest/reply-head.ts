import { toBase64url } from '@assay/formats';
import type { Scene } from './situation.ts';

/** What every reply begins with: it answers this request by this key alone. */
export function replyHead(
  { issuer, at }: Pick<Scene, 'issuer' | 'at'>,
  { jkt, requestHash }: { readonly jkt: string; readonly requestHash: Uint8Array },
  support: string,
) {
  return {
    ...{ v: 1 as const, iss: issuer.iss, aud: jkt, iat: Math.floor(at / 1000), support },
    rqh: toBase64url(requestHash),
  };
}
