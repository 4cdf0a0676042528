import type { Signal } from '@assay/core';

/**
 * Signals of a provider that are not believed for a while, because a release of it raises them without cause. An operator
 * writes these; they expire by themselves.
 */
export interface Quarantine {
  /** As the app spells it. */
  readonly provider: string;
  /** The provider's name of the signal, or `*` for all of them. */
  readonly signal: string;
  /** Versions of the provider; one that ends in `*` means every version that begins so. None: all versions. */
  readonly versions?: readonly string[];
  /** Builds or versions of the operating system, in the same spelling. None: all of them. */
  readonly osBuilds?: readonly string[];
  /** Epoch milliseconds; at this instant it is over. None: until it is taken back. */
  readonly until?: number;
  readonly reason: string;
}

/** Of what device a signal speaks, as far as is known. */
export interface SignalScene {
  readonly osBuild?: string | undefined;
  readonly osVersion?: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * True when a quarantine in force covers this signal. Where neither build nor version of the system is known, a quarantine
 * that names systems does not cover it: what is unknown never silences a hint.
 */
export function isQuarantined(signal: Signal, scene: SignalScene, quarantines: readonly Quarantine[]): boolean {
  return quarantines.some((each) => covers(each, signal, scene));
}

function covers(
  { provider, signal, versions, osBuilds, until }: Quarantine,
  told: Signal,
  scene: SignalScene,
): boolean {
  return (
    provider === told.provider &&
    (signal === '*' || signal === told.name) &&
    (until === undefined || scene.at < until) &&
    (versions === undefined || isListed(versions, told.version)) &&
    (osBuilds === undefined || isListed(osBuilds, scene.osBuild) || isListed(osBuilds, scene.osVersion))
  );
}

/** A lone `*` is no prefix: to mean everything, name no list. */
function isListed(patterns: readonly string[], value: string | undefined): boolean {
  return value !== undefined && patterns.some((pattern) => isLike(pattern, value));
}

function isLike(pattern: string, value: string): boolean {
  const prefix = pattern.slice(0, -1);
  return pattern.endsWith('*') ? prefix !== '' && value.startsWith(prefix) : pattern === value;
}
