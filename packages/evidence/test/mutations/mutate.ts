import { concat } from '@assay/formats';

/** A stream of numbers out of a seed (xorshift32): the same seed gives the same mutations. */
export interface Dice {
  /** A whole number from 0 to `below - 1`. */
  roll(below: number): number;
}

export function createDice(seed: number): Dice {
  let state = seed | 0 || 1;
  return {
    roll(below) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % below;
    },
  };
}

type Mutation = (bytes: Uint8Array, dice: Dice) => Uint8Array;

const INTERESTING = [0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0xff, 0x30, 0x31, 0xa0, 0x04, 0x02, 0x05, 0x20];

function changed(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = new Uint8Array(bytes);
  copy[at] = value;
  return copy;
}

/** Start and length of a stretch that is not empty. */
function stretch(bytes: Uint8Array, dice: Dice): readonly [start: number, length: number] {
  const start = dice.roll(bytes.length);
  return [start, 1 + dice.roll(Math.min(64, bytes.length - start))];
}

/** What can happen to bytes. Small changes are the likeliest to be overlooked, so they come most often. */
const MUTATIONS: readonly Mutation[] = [
  flipBit,
  flipBit,
  flipBit,
  setByte,
  setByte,
  nudge,
  insert,
  remove,
  duplicate,
  exchange,
  truncate,
  append,
  zero,
];

function flipBit(bytes: Uint8Array, dice: Dice): Uint8Array {
  const at = dice.roll(bytes.length);
  return changed(bytes, at, (bytes[at] ?? 0) ^ (1 << dice.roll(8)));
}

function setByte(bytes: Uint8Array, dice: Dice): Uint8Array {
  return changed(bytes, dice.roll(bytes.length), INTERESTING[dice.roll(INTERESTING.length)] ?? 0);
}

/** Lengths and counters by one. */
function nudge(bytes: Uint8Array, dice: Dice): Uint8Array {
  const at = dice.roll(bytes.length);
  return changed(bytes, at, (bytes[at] ?? 0) + (dice.roll(2) === 0 ? 1 : 255));
}

function insert(bytes: Uint8Array, dice: Dice): Uint8Array {
  const at = dice.roll(bytes.length + 1);
  const added = Uint8Array.from({ length: 1 + dice.roll(4) }, () => dice.roll(256));
  return concat(bytes.subarray(0, at), added, bytes.subarray(at));
}

function remove(bytes: Uint8Array, dice: Dice): Uint8Array {
  const [start, length] = stretch(bytes, dice);
  return concat(bytes.subarray(0, start), bytes.subarray(start + length));
}

function duplicate(bytes: Uint8Array, dice: Dice): Uint8Array {
  const [start, length] = stretch(bytes, dice);
  return concat(bytes.subarray(0, start + length), bytes.subarray(start));
}

function exchange(bytes: Uint8Array, dice: Dice): Uint8Array {
  const [start, length] = stretch(bytes, dice);
  const to = dice.roll(bytes.length - length + 1);
  const copy = new Uint8Array(bytes);
  copy.set(bytes.subarray(start, start + length), to);
  return copy;
}

function truncate(bytes: Uint8Array, dice: Dice): Uint8Array {
  return bytes.subarray(0, dice.roll(bytes.length));
}

function append(bytes: Uint8Array, dice: Dice): Uint8Array {
  return concat(bytes, Uint8Array.of(dice.roll(256)));
}

function zero(bytes: Uint8Array, dice: Dice): Uint8Array {
  const [start, length] = stretch(bytes, dice);
  return new Uint8Array(bytes).fill(0, start, start + length);
}

/** The bytes with one thing changed; seldom with two. Now and then nothing changes after all. */
export function mutate(bytes: Uint8Array, dice: Dice): Uint8Array {
  if (bytes.length === 0) return Uint8Array.of(dice.roll(256));
  const mutation = MUTATIONS[dice.roll(MUTATIONS.length)] ?? flipBit;
  const once = mutation(bytes, dice);
  return dice.roll(16) === 0 && once.length > 0 ? mutate(once, dice) : once;
}
