import { type Detail, RequestError } from '@assay/core';

/**
 * Runs a decoder of client bytes and gives its faults one code of the calling check, so that a check's list of codes
 * stays short. The decoder's own code and offset stay in the detail.
 *
 * @throws RequestError with `code`
 */
export function decoding<T>(code: string, what: string, clause: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw new RequestError(code, `${what} cannot be decoded`, innerDetail(error, clause), { cause: error });
  }
}

function innerDetail(error: RequestError, clause: string): Detail {
  return { ...error.detail, clause, found: error.code };
}
