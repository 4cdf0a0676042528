import type { Part } from './part.ts';

/**
 * Why spellings of valid evidence are accepted beside the one that was sent, with the same meaning: octets that no
 * signature covers and no decision rests on. Whatever is not here is refused.
 */
export const DEVIATIONS = {
  presented_root:
    'Anchors are compared by key: the root certificate that a device sends along is a hint, and not needed.',
  root_in_receipt: 'The same for the root certificate inside a receipt.',
  carried_receipt:
    'An attestation does not cover the receipt beside it, which is kept as it came and verified before use.',
} as const;

export type DeviationId = keyof typeof DEVIATIONS;

/** Octets of one part in which a deviation lies. */
export interface Stretch {
  readonly deviation: DeviationId;
  readonly part: number;
  readonly start: number;
  readonly end: number;
}

/** Where `bytes` stand in a part. Throws when they do not, so that no list of deviations outlives its sample. */
export function stretchOf(deviation: DeviationId, parts: readonly Part[], part: number, bytes: Uint8Array): Stretch {
  const start = toBuffer(parts[part]).indexOf(bytes);
  if (start < 0) throw new Error(`the sample has no place for ${deviation}`);
  return { deviation, part, start, end: start + bytes.length };
}

const toBuffer = (part: Part = ''): Buffer =>
  typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part);

/** Whether the two differ inside this stretch alone. A whole part may also be missing or come twice. */
export function differsWithin({ part, start, end }: Stretch, before: readonly Part[], after: readonly Part[]): boolean {
  const old = toBuffer(before[part]);
  if (start === 0 && end === old.length && after.length !== before.length) return isSame(without(before, part), after);
  if (!isSame(without(before, part), without(after, part))) return false;
  const now = toBuffer(after[part]);
  const tail = old.subarray(end);
  const isLongEnough = now.length >= start + tail.length;
  return isLongEnough && now.subarray(0, start).equals(old.subarray(0, start)) && endsWith(now, tail);
}

const without = (parts: readonly Part[], part: number): readonly Part[] => parts.toSpliced(part, 1);
const endsWith = (bytes: Buffer, tail: Buffer): boolean => bytes.subarray(bytes.length - tail.length).equals(tail);

export function isSame(one: readonly Part[], other: readonly Part[]): boolean {
  return one.length === other.length && one.every((part, at) => toBuffer(part).equals(toBuffer(other[at])));
}
