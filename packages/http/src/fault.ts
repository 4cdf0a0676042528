import { ConfigError, type Detail, RequestError } from '@assay/core';
import { HTTP_REASONS, type HttpCode } from './reasons.ts';

/** The error of a registered code. */
export function fault(code: HttpCode, detail: Detail = {}): RequestError {
  const { summary, hint } = HTTP_REASONS[code];
  return new RequestError(code, summary, { hint, ...detail });
}

/**
 * Runs the check of a document that an operator sent. What would be a faulty configuration when the server reads it back is
 * a faulty request as long as it can be refused.
 */
export async function asInput<T>(check: () => T | Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw fault('http.input_refused', { ...error.detail, found: `${error.code}: ${error.message}` });
  }
}
