/** How many values {@link hashOf} can take: every integer that a number holds exactly. */
export const HASH_SPACE: number = 2 ** 53;

/**
 * Spreads ids of the server over the integers below {@link HASH_SPACE}. The same text gives the same number for ever, so
 * samples are the same in every run. Not for secrets: who chooses the text can choose the number.
 */
export function hashOf(text: string): number {
  return (fold(text, 0x811c9dc5) & 0x1fffff) * 2 ** 32 + fold(text, 0x01000193);
}

/** FNV-1a over UTF-16 units, with a last round that lets every bit of the text reach every bit of the result. */
function fold(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
