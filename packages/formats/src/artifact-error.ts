import { type Detail, RequestError } from '@assay/core';
import { ARTIFACT_REASONS, type ArtifactCode } from './artifact-reasons.ts';

/**
 * The only error of the readers of built apps. `detail.offset` counts bytes from the start of the input that the
 * failing reader was given.
 */
export class ArtifactError extends RequestError {
  declare readonly code: ArtifactCode;

  constructor(code: ArtifactCode, offset: number, detail: Omit<Detail, 'offset'> = {}) {
    super(code, `${ARTIFACT_REASONS[code].summary} (offset ${offset})`, { ...detail, offset });
  }
}

/** A number that hostile input can only use up, whatever the sizes that it declares. */
export class Budget {
  private left: number;
  private readonly code: ArtifactCode;

  constructor(limit: number, code: ArtifactCode) {
    this.left = limit;
    this.code = code;
  }

  /** Throws the budget's code when less than `amount` is left. */
  take(amount: number, offset: number): void {
    this.left -= amount;
    if (this.left < 0) throw new ArtifactError(this.code, offset);
  }
}

/** Throws `artifact.input_too_large`. */
export function assertSize(bytes: Uint8Array, maxBytes: number): void {
  if (bytes.length > maxBytes) throw new ArtifactError('artifact.input_too_large', maxBytes);
}
