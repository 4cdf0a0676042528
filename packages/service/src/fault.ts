import { type AssayError, ConfigError, type Detail, EvidenceError, RequestError, UpstreamError } from '@assay/core';
import { SERVICE_REASONS, type ServiceCode } from './reasons.ts';

type Make = (code: string, message: string, detail: Detail) => AssayError;

const FAMILIES: Readonly<Record<'request' | 'evidence' | 'config' | 'upstream', Make>> = {
  request: (...args) => new RequestError(...args),
  evidence: (...args) => new EvidenceError(...args),
  config: (...args) => new ConfigError(...args),
  upstream: (code, message, detail) => new UpstreamError(code, message, true, detail),
};

/** The error of a registered code, in the family that its reason declares. */
export function fault(code: ServiceCode, detail: Detail = {}): AssayError {
  const { family, summary, hint } = SERVICE_REASONS[code];
  if (family === 'policy') throw new TypeError(`${code} is no error of this package`);
  return FAMILIES[family](code, summary, { hint, ...detail });
}
