import type { Platform, Signal, Threats } from '@assay/core';
import { mergeThreats } from './merge.ts';
import { isQuarantined, type Quarantine, type SignalScene } from './quarantine.ts';
import type { SignalRow } from './row.ts';
import { signalRow } from './table.ts';
import { weightOf } from './weights.ts';

export interface SignalContext extends SignalScene {
  /** Undefined while no evidence tells the platform: signals of every platform then count. */
  readonly platform: Platform | undefined;
  readonly quarantine?: readonly Quarantine[];
}

/** What the signals of one statement come to. */
export interface SignalThreats {
  /** Claimed, all of them: `by` is the provider that weighs most. */
  readonly threats: Threats;
  /** Sum of the weights of the raised threats, each threat once. */
  readonly weight: number;
  /** Signals that were known and not believed, as they were reported. */
  readonly quarantined: readonly Signal[];
  /** How many signals no row knows, or not on this platform. They change nothing. */
  readonly unknown: number;
}

/**
 * Translates the providers' signals into threats. A raised signal outranks one of another provider that is not raised, and
 * of two raised ones the heavier counts. The order of the signals has no effect.
 *
 * @example
 * const { threats, weight } = threatsOf(statement.signals, { platform: 'android', at: clock() });
 */
export function threatsOf(signals: readonly Signal[], context: SignalContext): SignalThreats {
  const { platform, quarantine = [] } = context;
  const quarantined: Signal[] = [];
  const told: Threats[] = [];
  let unknown = 0;
  for (const signal of signals) {
    const row = signalRow(signal.provider, signal.name);
    if (row === undefined || (platform !== undefined && !row.platforms.includes(platform))) unknown += 1;
    else if (isQuarantined(signal, context, quarantine)) quarantined.push(signal);
    else told.push(toThreat(row, signal));
  }
  const threats = mergeThreats(...told);
  return { threats, weight: weightOf(threats), quarantined, unknown };
}

function toThreat({ threat, raisedBy, provider }: SignalRow, { value }: Signal): Threats {
  return { [threat]: { known: 'claimed', value: value === raisedBy, by: provider } };
}
