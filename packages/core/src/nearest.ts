/** A word this short is near to too many others. */
const SHORT = 3;

/** The word of a list that was probably meant: at most two slips away, one for a short word. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (word.length > 64) return undefined;
  const most = word.length <= SHORT ? 1 : 2;
  const near = words
    .map((each) => ({ each, slips: slipsBetween(word, each) }))
    .filter(({ slips }) => slips > 0 && slips <= most);
  return near.sort((a, b) => a.slips - b.slips)[0]?.each;
}

/** How many letters have to be put in, taken out or changed to make one word the other (Levenshtein). */
export function slipsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [column, known] of [...other].entries()) {
      const changed = (row[column] ?? 0) + (letter === known ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
