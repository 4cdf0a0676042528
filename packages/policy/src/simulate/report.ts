import type { Assurance, Tier } from '@assay/core';
import type { Breakdown } from './breakdown.ts';
import type { RuleEffect } from './leave-one-out.ts';
import type { MatrixCell } from './matrix.ts';
import type { Count } from './tally.ts';

/** What the new policy would have done. JSON-able. */
export interface SimulationReport {
  readonly total: Count;
  /** Time of the first and of the last appraisal, epoch milliseconds; null where there was none. */
  readonly from: number | null;
  readonly to: number | null;
  readonly keptIn: Count;
  readonly keptOut: Count;
  readonly newlyRefused: Count & Breakdown;
  readonly newlyAdmitted: Count & Breakdown;
  readonly rates: SimulationRates;
  readonly tiers: readonly MatrixCell<Tier>[];
  readonly assurances: readonly MatrixCell<Assurance>[];
  /** What each rule of the new policy does by itself, in the order of the policy. */
  readonly rules: readonly RuleEffect[];
}

/** Shares of appraisals, 0 to 1; 0 where there is nothing to share. */
export interface SimulationRates {
  /** Newly refused, of those that the old side lets in: what honest users would notice. */
  readonly newlyRefused: number;
  /** Newly admitted, of those that the old side refuses. */
  readonly newlyAdmitted: number;
}

export function ratesOf(
  counts: Pick<SimulationReport, 'keptIn' | 'keptOut' | 'newlyRefused' | 'newlyAdmitted'>,
): SimulationRates {
  const { keptIn, keptOut, newlyRefused, newlyAdmitted } = counts;
  return { newlyRefused: share(newlyRefused, keptIn), newlyAdmitted: share(newlyAdmitted, keptOut) };
}

function share(changed: Count, kept: Count): number {
  const all = changed.appraisals + kept.appraisals;
  return all === 0 ? 0 : changed.appraisals / all;
}
