import { type AssayError, ConfigError, type Detail, EvidenceError, RequestError } from '@assay/core';
import { MIDDLEWARE_REASONS, type MiddlewareCode } from './reasons.ts';

type Make = (code: string, message: string, detail: Detail) => AssayError;

const FAMILIES: Readonly<Record<'request' | 'evidence' | 'config', Make>> = {
  request: (...args) => new RequestError(...args),
  evidence: (...args) => new EvidenceError(...args),
  config: (...args) => new ConfigError(...args),
};

/** The error of a registered code, in the family that its reason declares. */
export function fault(code: MiddlewareCode, detail: Detail = {}): AssayError {
  const { family, summary, hint } = MIDDLEWARE_REASONS[code];
  if (family === 'policy' || family === 'upstream') throw new TypeError(`${code} is no error of this package`);
  return FAMILIES[family](code, summary, { hint, ...detail });
}

/** A fault of the options. `expected` names the option. */
export function misconfigured(expected: string): AssayError {
  const { hint } = MIDDLEWARE_REASONS['middleware.options_invalid'];
  return new ConfigError('middleware.options_invalid', `expected ${expected}`, { expected, hint });
}
