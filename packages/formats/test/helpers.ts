import assert from 'node:assert/strict';
import { it } from 'node:test';
import { FORMAT_REASONS, type FormatCode, FormatError, parseHex } from '@assay/formats';

/** Bytes of hexadecimal digits with spaces between, as tables write them. */
export function hex(digits: string): Uint8Array<ArrayBuffer> {
  return parseHex(digits.replaceAll(' ', ''));
}

/** Asserts that `run` throws the FormatError with this code (at this offset, when one is given). */
export function assertRefused(run: () => unknown, code: FormatCode, offset?: number): void {
  assert.throws(run, (error) => {
    assert.ok(error instanceof FormatError, String(error));
    assert.equal(error.code, code);
    if (offset !== undefined) assert.equal(error.detail.offset, offset);
    return true;
  });
}

/** Known-bad inputs, each of them one point away from a good one. */
export type BadRow<Input> = readonly [name: string, input: Input, code: FormatCode, offset?: number];

/** One test per row. */
export function refuses<Input>(rows: readonly BadRow<Input>[], run: (input: Input) => unknown): void {
  for (const [name, input, code, offset] of rows) {
    it(`refuses ${name}`, () => assertRefused(() => run(input), code, offset));
  }
}

/** The value of `run`, or the code of its FormatError. Any other throw passes through and fails the test. */
export function outcome<T>(run: () => T): { value: T } | { code: FormatCode } {
  try {
    return { value: run() };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    assert.ok(Object.hasOwn(FORMAT_REASONS, error.code), `${error.code} is not registered`);
    assert.ok(Number.isSafeInteger(error.detail.offset), `${error.code} names no offset`);
    return { code: error.code };
  }
}

/** Settings of every property: the same seed in each run. */
export const SEEDED = { seed: 20261121, numRuns: 2000 } as const;
