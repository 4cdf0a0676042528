import { STATEMENT_LIMITS, type StatementSignal } from '@assay/tokens/wire';
import type { SignalSource, SourceSignal } from './source.ts';

/** Printable ASCII, as statements write words: one other character, and the server could not read the statement. */
const WORD = /^[\x21-\x7e]+$/;
/** What signals may take of the 8192 bytes of a statement. */
const MAX_BYTES = 4096;

/** What a source says, in the form of a statement; undefined for what does not fit into one. */
export function toStatementSignal(
  { provider: p, version: pv }: Pick<SignalSource, 'provider' | 'version'>,
  { name: n, value: v }: SourceSignal,
): StatementSignal | undefined {
  const isFit = [p, pv, n].every((text) => typeof text === 'string' && WORD.test(text)) && typeof v === 'boolean';
  return isFit && p.length + pv.length + n.length <= STATEMENT_LIMITS.signal ? { p, pv, n, v } : undefined;
}

/** As many as a statement holds, in their order, none twice. */
export function fitting(signals: readonly StatementSignal[]): readonly StatementSignal[] {
  const taken = new Map<string, StatementSignal>();
  let bytes = 0;
  for (const signal of signals) {
    const key = `${signal.p} ${signal.n}`;
    const size = JSON.stringify(signal).length + 1;
    const isFull = taken.size >= STATEMENT_LIMITS.signals || bytes + size > MAX_BYTES;
    if (isFull || taken.has(key)) continue;
    taken.set(key, signal);
    bytes += size;
  }
  return [...taken.values()];
}
