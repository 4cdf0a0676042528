import { ConfigError } from '@assay/core';
import { PINS_REASONS, type PinsCode } from './wire/reasons.ts';

/** An input that no pin can be taken from. It says nothing of the input itself, which may be a private key. */
export function unusable(code: PinsCode, found?: string): ConfigError {
  const { summary, hint } = PINS_REASONS[code];
  return new ConfigError(code, summary, { hint, ...(found === undefined ? {} : { found }) });
}
