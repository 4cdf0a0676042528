import { slipsBetween } from '@assay/core';

/** Nothing that is known is nearly as long; the comparison takes time by the product of both lengths. */
const LONGEST = 64;

/** The known name that is most likely meant, one or two slips of the pen away; undefined for a name of its own. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST) return undefined;
  const plain = plainOf(name);
  const most = plain.length <= 4 ? 1 : 2;
  return known.find((each) => slipsBetween(plain, plainOf(each)) <= most);
}

/** Case, dashes and underscores are what people mix up first. */
const plainOf = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');
