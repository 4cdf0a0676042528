import { type AppraisedFacts, ASSURANCES, type Tier } from '@assay/core';
import type { Policy } from '../policy.ts';
import { createBreakdown, type Sides } from './breakdown.ts';
import { hashOf } from './hash.ts';
import { type Ceiling, judgeAsRecorded, judgeBy } from './judge.ts';
import { createLeaveOneOut } from './leave-one-out.ts';
import { createMatrix } from './matrix.ts';
import { ratesOf, type SimulationReport } from './report.ts';
import { createTally } from './tally.ts';

export interface SimulationOptions {
  /** The side to compare with: a policy, or the verdicts as they were given. */
  readonly old: Policy | 'recorded';
  readonly new: Policy;
  /** The time that both policies judge at: that of each appraisal, or one for all, in epoch milliseconds. */
  readonly at: 'then' | number;
  /** As the server caps verdicts by the kinds of evidence; without it nothing is capped. */
  readonly ceiling?: Ceiling;
  /** Appraisals to show of each kind of disagreement; 10 if not said. */
  readonly sample?: number;
}

export interface Simulation {
  /** @throws ConfigError `policy.evaluation_failed` when a policy cannot judge these facts. */
  add(row: AppraisedFacts): void;
  report(): SimulationReport;
}

const TIERS: readonly Tier[] = ['affirming', 'warning', 'none', 'contraindicated'];
const SAMPLE = 10;
const INSTALLS = 16_384;

/**
 * Judges stored facts by two policies, one appraisal at a time, in memory that does not grow with their number. The counts
 * depend on no order; which names a breakdown beyond its limit shows does.
 *
 * @example
 * const simulation = createSimulation({ old: inForce, new: draft, at: 'then' });
 * for await (const row of stored) simulation.add(row);
 * const { rates, newlyRefused } = simulation.report();
 */
export function createSimulation(options: SimulationOptions): Simulation {
  const { old, new: draft, at, ceiling = () => 'high', sample = SAMPLE } = options;
  const judges = {
    old: old === 'recorded' ? judgeAsRecorded : judgeBy(old, at, ceiling),
    new: judgeBy(draft, at, ceiling),
  };
  const counts = createCounts();
  const refused = createBreakdown('new', sample);
  const admitted = createBreakdown('old', sample);
  const rules = createLeaveOneOut(draft, at, ceiling);
  return {
    add: (row) => {
      const sides = { old: judges.old(row), new: judges.new(row) };
      const hashes = { id: hashOf(row.id), lineage: hashOf(row.lineage) };
      counts.add(row, sides, hashes.lineage);
      if (!sides.new.passes) rules.add(row, sides.new, hashes.lineage);
      if (sides.old.passes && !sides.new.passes) refused.add(row, sides, hashes);
      if (!sides.old.passes && sides.new.passes) admitted.add(row, sides, hashes);
    },
    report: () => {
      const { newlyRefused, newlyAdmitted, ...others } = counts.report();
      const split = {
        ...others,
        newlyRefused: { ...newlyRefused, ...refused.report() },
        newlyAdmitted: { ...newlyAdmitted, ...admitted.report() },
      };
      return { ...split, rates: ratesOf(split), rules: rules.effects() };
    },
  };
}

function createCounts() {
  const tally = () => createTally(INSTALLS);
  const all = { total: tally(), keptIn: tally(), keptOut: tally(), newlyRefused: tally(), newlyAdmitted: tally() };
  const [tiers, assurances] = [createMatrix(TIERS), createMatrix(ASSURANCES)];
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    add: ({ at }: AppraisedFacts, sides: Sides, lineage: number): void => {
      [from, to] = [Math.min(from, at), Math.max(to, at)];
      all.total.add(lineage);
      all[kindOf(sides)].add(lineage);
      tiers.add(sides.old.verdict.tier, sides.new.verdict.tier);
      assurances.add(sides.old.verdict.assurance, sides.new.verdict.assurance);
    },
    report: () => ({
      total: all.total.count(),
      from: Number.isFinite(from) ? from : null,
      to: Number.isFinite(to) ? to : null,
      keptIn: all.keptIn.count(),
      keptOut: all.keptOut.count(),
      newlyRefused: all.newlyRefused.count(),
      newlyAdmitted: all.newlyAdmitted.count(),
      tiers: tiers.cells(),
      assurances: assurances.cells(),
    }),
  };
}

function kindOf({ old, new: draft }: Sides): 'keptIn' | 'keptOut' | 'newlyRefused' | 'newlyAdmitted' {
  if (old.passes) return draft.passes ? 'keptIn' : 'newlyRefused';
  return draft.passes ? 'newlyAdmitted' : 'keptOut';
}
