import { nearest } from '@assay/core';

/** The word that its author probably meant, before a long list of those that could stand there. */
export function perhaps(word: unknown, words: readonly string[]): string {
  const meant = typeof word === 'string' ? nearest(word, words) : undefined;
  return meant === undefined ? '' : `\`${meant}\` perhaps, else `;
}
