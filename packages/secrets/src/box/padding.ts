const BLOCK = 64;
const MARK = 0x80;

/** The value, 0x80, then zeros to a multiple of 64: the length of a box tells the kind of secret no more. */
export function pad(value: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((value.length + 1) / BLOCK) * BLOCK);
  padded.set(value);
  padded[value.length] = MARK;
  return padded;
}

/** The value inside, or undefined when the padding is not the one that {@link pad} makes. */
export function unpad(padded: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  let end = padded.length - 1;
  while (padded[end] === 0) end -= 1;
  const isWhole = padded.length % BLOCK === 0 && padded.length - end <= BLOCK;
  return isWhole && padded[end] === MARK ? padded.slice(0, end) : undefined;
}
