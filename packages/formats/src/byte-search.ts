import { utf8 } from './utf8.ts';

/** Whether the text that is encoded in these bytes from `start` up to `end` is wanted. */
export type BytesPredicate = (bytes: Uint8Array, start: number, end: number) => boolean;

/**
 * Texts that hold one of the needles, case included. One pass whatever the number of needles, nothing decoded: fit for
 * the string tables of a whole app. The empty list accepts nothing, as does an empty needle.
 */
export function containing(needles: readonly string[]): BytesPredicate {
  const encoded = needles.map((needle) => utf8(needle));
  const short = encoded.flatMap((needle) => (needle.length === 1 ? (needle[0] ?? []) : []));
  const groups = groupByStart(encoded.filter((needle) => needle.length > 1));
  const isStart = new Uint8Array(0x10000);
  for (const start of groups.keys()) isStart[start] = 1;
  return (bytes, start, end) => {
    let pair = 0;
    for (let at = start; at < end; at += 1) {
      pair = ((pair << 8) | (bytes[at] ?? 0)) & 0xffff;
      if (isStart[pair] === 1 && at > start && begins(groups.get(pair), bytes, at - 1, end)) return true;
    }
    return short.some((octet) => bytes.subarray(start, end).includes(octet));
  };
}

/** Texts that equal one of these. */
export function equalTo(texts: readonly string[]): BytesPredicate {
  const wanted = texts.map((text) => utf8(text));
  return (bytes, start, end) => wanted.some((text) => text.length === end - start && startsWith(bytes, start, text));
}

/** The needles by their first two octets. */
function groupByStart(needles: readonly Uint8Array[]): ReadonlyMap<number, readonly Uint8Array[]> {
  const groups = new Map<number, Uint8Array[]>();
  for (const needle of needles) {
    const start = ((needle[0] ?? 0) << 8) | (needle[1] ?? 0);
    groups.set(start, [...(groups.get(start) ?? []), needle]);
  }
  return groups;
}

function begins(needles: readonly Uint8Array[] | undefined, bytes: Uint8Array, at: number, end: number): boolean {
  return needles?.some((needle) => at + needle.length <= end && startsWith(bytes, at, needle)) === true;
}

function startsWith(bytes: Uint8Array, at: number, needle: Uint8Array): boolean {
  for (let index = 0; index < needle.length; index += 1) {
    if (bytes[at + index] !== needle[index]) return false;
  }
  return true;
}
