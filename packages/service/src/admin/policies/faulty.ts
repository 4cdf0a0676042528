import { ConfigError } from '@assay/core';

/** For `catch`: a policy that is not there, no longer compiles or cannot judge counts as none. Every other fault goes on. */
export function undefinedWhenFaulty(error: unknown): undefined {
  if (error instanceof ConfigError) return undefined;
  throw error;
}
