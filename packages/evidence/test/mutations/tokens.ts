import { toBase64url, utf8 } from '@assay/formats';
import { type Dice, mutate } from './mutate.ts';

/**
 * Changes a compact token: its characters as they stand, or the bytes that one of its parts spells, in the same spelling
 * again, so that what lies behind base64url is reached too.
 */
export function mutateToken(token: string, dice: Dice): string {
  return dice.roll(2) === 0 ? asText(mutate(utf8(token), dice)) : mutatePart(token, dice);
}

function mutatePart(token: string, dice: Dice): string {
  const parts = token.split('.');
  const at = dice.roll(parts.length);
  const bytes = Uint8Array.from(Buffer.from(parts[at] ?? '', 'base64url'));
  return parts.with(at, toBase64url(mutate(bytes, dice))).join('.');
}

/** Each byte as one character, so that no mutation is lost to a failed decoding. */
function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
