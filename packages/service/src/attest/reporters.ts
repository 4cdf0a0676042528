import type { Statement } from '@assay/tokens';

/** More providers than an app has; a sender cannot make the row grow. */
const MAX_REPORTERS = 16;

/**
 * Who has reported signals for an instance up to this statement, and who did before and does not now. One that has gone
 * silent stays so until it reports again: an app that lost its sensors does not look well by staying silent twice.
 */
export function reportersAfter(
  before: readonly string[],
  { claims: { signals = [] } }: Pick<Statement, 'claims'>,
): { readonly all: readonly string[]; readonly silent: readonly string[] } {
  const now = new Set(signals.map(({ p }) => p));
  const all = [...new Set([...before, ...now])].slice(0, MAX_REPORTERS);
  return { all, silent: before.filter((provider) => !now.has(provider)) };
}
