import { type Detail, RequestError } from '@assay/core';
import { FORMAT_REASONS, type FormatCode } from './reasons.ts';

/**
 * The only error that this package throws, beside what the readers of `shape` hand to their caller: the input is not in the strict form that its format demands.
 * `detail.offset` counts from the start of the original input. The input's bytes are never in the message.
 */
export class FormatError extends RequestError {
  declare readonly code: FormatCode;

  constructor(code: FormatCode, offset: number, detail: Omit<Detail, 'offset'> = {}) {
    super(code, `${FORMAT_REASONS[code].summary} (offset ${offset})`, { ...detail, offset });
  }
}
