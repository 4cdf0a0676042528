import { isSealed } from './sealed.ts';

/** Longest text that a log line is given. */
const MAX_CHARACTERS = 4096;

const COMPACT = /^([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+$/;

/** A token as logs and traces may show it: header and claims, never a usable signature. Anything else becomes a word,
 * a sealed token too: it shows nothing, and could be sent again. */
export function toLoggable(token: string): string {
  if (token.length > MAX_CHARACTERS) return '[oversized]';
  if (isSealed(token)) return '[sealed]';
  const [, signed] = COMPACT.exec(token) ?? [];
  return signed === undefined ? '[not a token]' : `${signed}.[signature]`;
}
