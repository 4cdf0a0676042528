import { concat, lengthPrefixed, toBase64, toBase64url, utf8 } from '@assay/formats';
import { type Role, roleRow } from './roles.ts';

/** Domains end in 0x00, which no domain contains: no domain is the beginning of another. */
const DOMAIN = utf8('assay/binding/v1\0');

const EMPTY = new Uint8Array(0);

/**
 * What SHA-256 turns into the binding of a piece of evidence: `domain || lp(role) || lp(jkt) || lp(anchor) || lp(S)`.
 * Lengths stand before every field, so that no two different tuples share a preimage.
 *
 * @param jkt thumbprint of K, 32 bytes; left out by roles whose key is made by the call itself
 * @param anchor App Attest key id, or SHA-256 of the leaf certificate beside it, or empty
 * @param statement exact bytes of S
 */
export function bindingPreimage(
  role: string,
  jkt: Uint8Array,
  anchor: Uint8Array,
  statement: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return concat(
    DOMAIN,
    lengthPrefixed(utf8(role)),
    lengthPrefixed(jkt),
    lengthPrefixed(anchor),
    lengthPrefixed(statement),
  );
}

/** {@link bindingPreimage} for a role's own row: what the role does not bind is left empty. */
export function roleBindingPreimage(
  role: Role,
  bound: { readonly jkt: Uint8Array; readonly anchor?: Uint8Array; readonly statement: Uint8Array },
): Uint8Array<ArrayBuffer> {
  const { bindsKey, anchor } = roleRow(role);
  return bindingPreimage(
    role,
    bindsKey ? bound.jkt : EMPTY,
    anchor === 'none' ? EMPTY : (bound.anchor ?? EMPTY),
    bound.statement,
  );
}

/** The text that the platform's package is given for the hashed binding. */
export function bindingText(role: Role, binding: Uint8Array): string {
  return roleRow(role).text === 'base64' ? toBase64(binding) : toBase64url(binding);
}
