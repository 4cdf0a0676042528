import { type AppraisedFacts, type Assurance, knownValue, type RuleTrace, type Tier } from '@assay/core';
import type { Judgement } from './judge.ts';
import { createSample, type Sample } from './sample.ts';
import { createTallies, type Named, type Tallies } from './tally.ts';

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

const GROUPS: Readonly<
  Record<'versions' | 'models' | 'platforms', (row: AppraisedFacts) => string | null | undefined>
> = {
  versions: ({ facts }) => knownValue(facts.app.version) ?? knownValue(facts.app.build),
  models: ({ facts }) => knownValue(facts.device.model),
  platforms: ({ platform }) => platform,
};

/** `refuses`: the side whose rules are asked for reasons. */
export function createBreakdown(refuses: keyof Sides, samples: number): BreakdownOf {
  const rules = createTallies(NAMES);
  const groups = { versions: createTallies(NAMES), models: createTallies(NAMES), platforms: createTallies(NAMES) };
  const sample: Sample<SampledAppraisal> = createSample(samples);
  return {
    add: (row, sides, { id, lineage }) => {
      const because = sides[refuses].refusedBy();
      for (const { rule } of because) rules.add(rule, lineage);
      if (because.length === 0) rules.add(NO_RULE, lineage);
      for (const [name, tallies] of Object.entries(groups))
        addTo(tallies, GROUPS[name as keyof typeof GROUPS](row), lineage);
      sample.offer(id, () => toSample(row, sides, because));
    },
    report: () => ({
      rules: rules.counts(),
      versions: groups.versions.counts(),
      models: groups.models.counts(),
      platforms: groups.platforms.counts(),
      samples: sample.values(),
    }),
  };
}

function addTo(tallies: Tallies, name: string | null | undefined, lineage: number): void {
  tallies.add(name ?? UNKNOWN, lineage);
}

function toSample(row: AppraisedFacts, sides: Sides, because: readonly RuleTrace[]): SampledAppraisal {
  const { id, at, app, lineage, platform } = row;
  return { id, at, app, lineage, platform, old: toOutcome(sides.old), new: toOutcome(sides.new), because };
}

function toOutcome({ tier, assurance, reasons }: Judgement): SampledOutcome {
  return { tier, assurance, reasons };
}
