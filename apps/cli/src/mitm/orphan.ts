import type { World } from '../command.ts';

const EVERY_MS = 500;

/**
 * Aborted as the world's signal is, and when the process that handed over to this one (bin/assay.js) was killed: it can
 * pass on no signal then. Any other parent may go, as `nohup` has it.
 */
export function signalOf({ signal, env }: Pick<World, 'signal' | 'env'>): AbortSignal {
  if (env['ASSAY_REEXEC'] !== '1') return signal;
  const [parent, orphaned] = [process.ppid, new AbortController()];
  setInterval(() => {
    if (process.ppid !== parent) orphaned.abort();
  }, EVERY_MS).unref();
  return AbortSignal.any([signal, orphaned.signal]);
}
