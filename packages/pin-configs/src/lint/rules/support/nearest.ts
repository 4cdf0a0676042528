/** Nothing that is known is nearly as long; the comparison takes time by the product of both lengths. */
const LONGEST = 64;

/** The known name that is most likely meant, one or two slips of the pen away; undefined for a name of its own. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST) return undefined;
  const plain = plainOf(name);
  const most = plain.length <= 4 ? 1 : 2;
  return known.find((each) => distance(plain, plainOf(each)) <= most);
}

/** Case, dashes and underscores are what people mix up first. */
const plainOf = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');

/** Insertions, deletions and replacements from one text to the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
