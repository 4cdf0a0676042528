import { type AppraisedFacts, type Assurance, knownValue, type RuleTrace, type Tier } from '@assay/core';
import type { Judgement } from './judge.ts';
import { createSample, type Sample } from './sample.ts';
import { createTallies, type Named } from './tally.ts';

/** One appraisal that the two sides disagree on. */
export interface SampledAppraisal {
  readonly id: string;
  readonly at: number;
  readonly app: string;
  readonly lineage: string;
  readonly platform: string | null;
  readonly old: SampledOutcome;
  readonly new: SampledOutcome;
  /** The rules that failed on the refusing side, with what they expected and found. */
  readonly because: readonly RuleTrace[];
}

export interface SampledOutcome {
  readonly tier: Tier;
  readonly assurance: Assurance;
  readonly reasons: readonly string[];
}

/** Who they are that one side refuses and the other lets in. */
export interface Breakdown {
  /** By rule of the refusing side; an appraisal that several rules refuse stands in each. */
  readonly rules: readonly Named[];
  readonly versions: readonly Named[];
  readonly models: readonly Named[];
  readonly platforms: readonly Named[];
  readonly samples: readonly SampledAppraisal[];
}

export interface BreakdownOf {
  add(row: AppraisedFacts, sides: Sides, hashes: Hashes): void;
  report(): Breakdown;
}

export interface Sides {
  readonly old: Judgement;
  readonly new: Judgement;
}

export interface Hashes {
  readonly id: number;
  readonly lineage: number;
}

/** No rule failed, and what is proven reaches no assurance. */
const NO_RULE = '(no assurance)';
const UNKNOWN = '(unknown)';
const NAMES = 200;

interface Group {
  add(row: AppraisedFacts, lineage: number): void;
  counts(): readonly Named[];
}

function groupBy(nameOf: (row: AppraisedFacts) => string | null | undefined): Group {
  const tallies = createTallies(NAMES);
  return { add: (row, lineage) => tallies.add(nameOf(row) ?? UNKNOWN, lineage), counts: tallies.counts };
}

/** `refuses`: the side whose rules are asked for reasons. */
export function createBreakdown(refuses: keyof Sides, samples: number): BreakdownOf {
  const rules = createTallies(NAMES);
  const versions = groupBy(({ facts }) => knownValue(facts.app.version) ?? knownValue(facts.app.build));
  const models = groupBy(({ facts }) => knownValue(facts.device.model));
  const platforms = groupBy(({ platform }) => platform);
  const sample: Sample<SampledAppraisal> = createSample(samples);
  return {
    add: (row, sides, { id, lineage }) => {
      const { refusedBy, traces } = sides[refuses];
      for (const rule of refusedBy) rules.add(rule, lineage);
      if (refusedBy.length === 0) rules.add(NO_RULE, lineage);
      for (const group of [versions, models, platforms]) group.add(row, lineage);
      sample.offer(id, () => toSample(row, sides, traces()));
    },
    report: () => ({
      rules: rules.counts(),
      versions: versions.counts(),
      models: models.counts(),
      platforms: platforms.counts(),
      samples: sample.values(),
    }),
  };
}

function toSample(row: AppraisedFacts, sides: Sides, because: readonly RuleTrace[]): SampledAppraisal {
  const { id, at, app, lineage, platform } = row;
  return { id, at, app, lineage, platform, old: toOutcome(sides.old), new: toOutcome(sides.new), because };
}

function toOutcome({ verdict: { tier, assurance, reasons } }: Judgement): SampledOutcome {
  return { tier, assurance, reasons };
}
