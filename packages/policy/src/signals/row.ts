import type { Platform, ThreatName } from '@assay/core';

/** One signal of one provider, and what it comes to here. */
export interface SignalRow {
  /** Id of its provider. */
  readonly provider: string;
  /** The provider's own name for it, as the app reports it. */
  readonly name: string;
  readonly threat: ThreatName;
  /** Platforms that the provider raises it on. The same name from another platform is ignored. */
  readonly platforms: readonly Platform[];
  /** Earliest version of the provider for which it is known; earlier ones may have it too. */
  readonly since: string;
  /** The value that raises the threat: `false` for signals that are named after the good state. */
  readonly raisedBy: boolean;
  /** 0 to 100: how much it says against a device when nothing but the app vouches for it. 0 is recorded, and no more. */
  readonly weight: number;
  /** What it looks at. */
  readonly sees: string;
  /** How it is made to keep quiet, or to speak without cause. */
  readonly fooledBy: string;
  /** What it sends from the device beyond what its provider always does. */
  readonly sends?: string;
}

/** What a provider is, and what of the device its makers get to see. */
export interface SignalProvider {
  /** Spellings of the provider in a signal; the first is its id, and versions in this table are versions of that one. */
  readonly names: readonly [string, ...string[]];
  readonly title: string;
  readonly licence: string;
  /** What leaves the device by the provider's own doing, and to whom. */
  readonly sends: string;
  /** Where this was read, and when. */
  readonly source: string;
}

/** The members of a row that differ from signal to signal. */
export type Told = Omit<SignalRow, 'provider' | 'name' | 'raisedBy'> & { readonly raisedBy?: boolean };

/** Rows of one provider, by the provider's names. */
export function rowsOf(provider: SignalProvider, told: Readonly<Record<string, Told>>): readonly SignalRow[] {
  const [id] = provider.names;
  return Object.entries(told).map(([name, row]) => ({ raisedBy: true, ...row, provider: id, name }));
}
