import type { AppraisedFacts } from '@assay/core';
import { createSimulation, type Named, type SimulationReport } from '@assay/policy';
import type { Service } from '../../context.ts';
import type { Issuer } from '../../issuers.ts';
import { factsOf } from '../facts.ts';
import { judgedBy } from './enforced.ts';
import type { PolicyPlan } from './plan.ts';

/** What a change would have done to the appraisals of the last days. */
export interface Impact {
  /** Apps that the policy judges. */
  readonly apps: readonly string[];
  /** Appraisals of those apps on an average day: every one of them is judged by the new text. */
  readonly perDay: number;
  /** Appraisals that both texts judged for this; false where there were more. */
  readonly simulated: number;
  readonly complete: boolean;
  readonly newlyRefused: number;
  readonly newlyAdmitted: number;
  /** Of those that were let in, the share that would be refused, 0 to 1. */
  readonly newlyRefusedShare: number;
  /** The largest group of the newly refused, by model, version or platform. */
  readonly topCohort: { readonly by: string; readonly name: string; readonly appraisals: number } | null;
}

const DAY_MS = 86_400_000;
const DAYS = 7;
/** Judged twice in well under a second, a page at a time, so that devices hardly notice. */
const MAX_ROWS = 20_000;

/** What a planned change would have done, over stored facts. */
export async function impactOf(service: Service, issuer: Issuer, { name, before, after }: PolicyPlan): Promise<Impact> {
  const apps = (await judgedBy(service, issuer, name)).map(({ id }) => id);
  const to = service.clock();
  const simulation = createSimulation({ old: before ?? 'recorded', new: after, at: 'then', sample: 0 });
  const counts = { rows: 0, first: to };
  for (const app of apps) {
    const wish = { app, from: to - DAYS * DAY_MS, to, max: MAX_ROWS - counts.rows };
    for await (const row of factsOf(service, issuer, wish)) add(simulation, counts, row);
  }
  return { apps, ...summaryOf(simulation.report()), complete: counts.rows < MAX_ROWS, perDay: perDay(counts, to) };
}

type Counts = { rows: number; first: number };

function add(simulation: ReturnType<typeof createSimulation>, counts: Counts, row: AppraisedFacts): void {
  counts.rows += 1;
  counts.first = Math.min(counts.first, row.at);
  simulation.add(row);
}

/** Over the time that there is something of: a new app has no week behind it. */
function perDay({ rows, first }: Counts, to: number): number {
  return Math.round((rows * DAY_MS) / Math.max(to - first, DAY_MS));
}

function summaryOf({ total, newlyRefused, newlyAdmitted, rates }: SimulationReport) {
  return {
    simulated: total.appraisals,
    newlyRefused: newlyRefused.appraisals,
    newlyAdmitted: newlyAdmitted.appraisals,
    newlyRefusedShare: rates.newlyRefused,
    topCohort: topOf(newlyRefused),
  };
}

function topOf({ models, versions, platforms }: SimulationReport['newlyRefused']): Impact['topCohort'] {
  const named = (by: string, all: readonly Named[]) => all.map(({ name, appraisals }) => ({ by, name, appraisals }));
  const all = [...named('model', models), ...named('version', versions), ...named('platform', platforms)];
  return all.reduce<Impact['topCohort']>(
    (top, each) => (top === null || each.appraisals > top.appraisals ? each : top),
    null,
  );
}
