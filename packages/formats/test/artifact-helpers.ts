import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ARTIFACT_REASONS, type ArtifactCode, ArtifactError } from '@assay/formats/artifacts';

/** Asserts that `run` throws the ArtifactError with this code. */
export function assertRefused(run: () => unknown, code: ArtifactCode): void {
  assert.throws(run, (error) => {
    assert.ok(error instanceof ArtifactError, String(error));
    assert.equal(error.code, code);
    return true;
  });
}

/** Known-bad inputs, each of them one point away from a good one. */
export type BadRow<Input> = readonly [name: string, input: Input, code: ArtifactCode];

/** One test per row. */
export function refuses<Input>(rows: readonly BadRow<Input>[], run: (input: Input) => unknown): void {
  for (const [name, input, code] of rows) it(`refuses ${name}`, () => assertRefused(() => run(input), code));
}

/** For fuzzing: `run` gives a value or an ArtifactError of a registered code. Any other throw fails the test. */
export function assertTyped(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    assert.ok(Object.hasOwn(ARTIFACT_REASONS, error.code), `${error.code} is not registered`);
    assert.ok(Number.isSafeInteger(error.detail.offset), `${error.code} names no offset`);
  }
}
