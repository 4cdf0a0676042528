import type { World } from '../command.ts';

const EVERY_MS = 500;

/**
 * Aborted as the world's signal is, and when the process that handed over to this one (bin/assay.js) was killed: it can
 * pass on no signal then. Any other parent may go, as `nohup` has it.
 */
export function signalOf({ signal, env }: Pick<World, 'signal' | 'env'>): AbortSignal {
  const parent = Number(env['ASSAY_REEXEC'] ?? Number.NaN);
  if (Number.isNaN(parent)) return signal;
  const orphaned = new AbortController();
  // It may have been killed before this process had begun.
  const look = (): void => {
    if (process.ppid !== parent) orphaned.abort();
  };
  look();
  setInterval(look, EVERY_MS).unref();
  return AbortSignal.any([signal, orphaned.signal]);
}
