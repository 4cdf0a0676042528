import { createHash, randomBytes } from 'node:crypto';
import type { AssayError } from '@assay/core';
import { createKek, createKekRing, type Kek } from '@assay/secrets';

/** Bytes that look random and repeat with the seed, so that a failing test fails again. */
function seeded(seed: string): (length: number) => Uint8Array {
  let count = 0;
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, () =>
      createHash('sha256').update(`${seed}/${count++}`).digest(),
    );
    return Uint8Array.from(Buffer.concat(blocks)).subarray(0, length);
  };
}

export const random = (length: number): Uint8Array => Uint8Array.from(randomBytes(length));
export const kek = (seed: string): Kek => createKek(seeded(seed));
export const ringOf = (...keks: Kek[]) => createKekRing(keks, random);

export const withCode =
  (code: string) =>
  (error: unknown): boolean => {
    const found = (error as AssayError).code;
    if (found !== code) throw new Error(`expected ${code}, found ${found}`, { cause: error });
    return true;
  };
