import {
  type AssayError,
  ConfigError,
  type Detail,
  type ErrorFamily,
  EvidenceError,
  RequestError,
  UpstreamError,
} from '@assay/core';
import { FormatError } from '@assay/formats';
import { ShapeError } from '@assay/formats/shape';
import { TOKENS_REASONS, type TokensCode } from './reasons.ts';

type Make = (code: TokensCode, message: string, detail: Detail, options?: ErrorOptions) => AssayError;

const FAMILIES: Readonly<Record<ErrorFamily, Make>> = {
  request: (...args) => new RequestError(...args),
  evidence: (...args) => new EvidenceError(...args),
  config: (...args) => new ConfigError(...args),
  upstream: (code, message, detail, options) => new UpstreamError(code, message, true, detail, options),
};

/** The error of a code, in the family that its reason declares. */
export function fault(code: TokensCode, detail: Detail = {}, options?: ErrorOptions): AssayError {
  const { family, summary } = TOKENS_REASONS[code];
  if (family === 'policy') throw new TypeError(`${code} is a verdict's reason and no error`);
  return FAMILIES[family](code, summary, detail, options);
}

/** Runs a reading step; what it finds wrong is thrown under the code of the document that is being read. */
export function within<T>(code: TokensCode, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ShapeError) throw fault(code, { expected: error.message });
    if (!(error instanceof FormatError)) throw error;
    throw fault(code, { found: error.code, offset: error.detail.offset }, { cause: error });
  }
}
