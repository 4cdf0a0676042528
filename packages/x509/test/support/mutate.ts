import { AssayError } from '@assay/core';
import fc from 'fast-check';

/** One changed octet, one octet more, or a shorter input. */
export function oneChange(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  const at = fc.nat(good.length - 1);
  const changed = fc.tuple(at, fc.integer({ min: 1, max: 255 })).map(([index, by]) => {
    const bytes = Uint8Array.from(good);
    bytes[index] = (bytes[index] ?? 0) ^ by;
    return bytes;
  });
  const longer = fc.tuple(at, fc.nat(255)).map(([index, octet]) => {
    return Uint8Array.from([...good.subarray(0, index), octet, ...good.subarray(index)]);
  });
  const shorter = at.map((length) => good.slice(0, length));
  return fc.oneof(
    { weight: 4, arbitrary: changed },
    { weight: 1, arbitrary: longer },
    { weight: 1, arbitrary: shorter },
  );
}

/** Runs a parser over hostile input: it ends in a value or in a coded error. */
export function assertHardened(good: Uint8Array, parse: (bytes: Uint8Array) => unknown, numRuns = 1500): void {
  const hostile = fc.oneof(
    { weight: 5, arbitrary: oneChange(good) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 96 }) },
  );
  fc.assert(
    fc.property(hostile, (bytes) => {
      outcome(() => parse(bytes));
    }),
    { numRuns, seed: 20261121 },
  );
}

/** The value, or undefined for a coded error. */
export function outcome<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return undefined;
  }
}
