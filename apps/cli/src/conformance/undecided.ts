/** Ids that `docs/verification/undecided.md` names: lines of a table whose first cell is an id in backticks. */
export function parseUndecided(markdown: string): ReadonlySet<string> {
  return new Set([...markdown.matchAll(/^\|\s*`([^`]+)`\s*\|\s*\S/gm)].map((match) => match[1] ?? ''));
}

/** No more than this share of the judged cases may be undecided. */
export const MAX_UNDECIDED_SHARE = 0.02;
