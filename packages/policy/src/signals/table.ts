import { FREERASP, FREERASP_SIGNALS } from './freerasp.ts';
import { ASSAY, ASSAY_SIGNALS, DEVICE_INFO, DEVICE_INFO_SIGNALS, JAIL_MONKEY, JAIL_MONKEY_SIGNALS } from './open.ts';
import type { SignalProvider, SignalRow } from './row.ts';

/** Providers of signals. None is needed by any preset: what they report tightens a verdict, and nothing waits for it. */
export const SIGNAL_PROVIDERS: readonly SignalProvider[] = [ASSAY, FREERASP, JAIL_MONKEY, DEVICE_INFO];

/** Every signal that is known, in the words of its provider and in ours. */
export const SIGNALS: readonly SignalRow[] = [
  ...ASSAY_SIGNALS,
  ...FREERASP_SIGNALS,
  ...JAIL_MONKEY_SIGNALS,
  ...DEVICE_INFO_SIGNALS,
];

/** By spelling of the provider, then by name. Maps, so that no name of a prototype is ever found. */
const INDEX: ReadonlyMap<string, ReadonlyMap<string, SignalRow>> = new Map(
  SIGNAL_PROVIDERS.flatMap(({ names }) => {
    const rows = new Map(SIGNALS.filter(({ provider }) => provider === names[0]).map((row) => [row.name, row]));
    return names.map((name) => [name, rows]);
  }),
);

/** The row of a signal as the app reports it, or undefined. Spelling counts. */
export function signalRow(provider: string, name: string): SignalRow | undefined {
  return INDEX.get(provider)?.get(name);
}
