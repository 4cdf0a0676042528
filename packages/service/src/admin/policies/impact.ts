import { type AppraisedFacts, ConfigError } from '@assay/core';
import { assuranceCeiling } from '@assay/evidence';
import { createSimulation, type Named, type Policy, type SimulationReport } from '@assay/policy';
import type { Service } from '../../context.ts';
import type { Issuer } from '../../issuers.ts';
import { factsOf } from '../facts.ts';
import { judgedBy } from './enforced.ts';
import type { PolicyPlan } from './plan.ts';

/** What a change would have done to the appraisals of the last days. */
export interface Impact {
  /** Apps that it concerns. */
  readonly apps: readonly string[];
  /** Appraisals of those apps on an average day: every one of them is judged by the new text. */
  readonly perDay: number;
  /** Appraisals that were judged twice for this, before and after; `complete` is false where there were more. */
  readonly simulated: number;
  readonly complete: boolean;
  readonly newlyRefused: number;
  readonly newlyAdmitted: number;
  /** Of those that were let in, the share that would be refused, 0 to 1. */
  readonly newlyRefusedShare: number;
  /** The largest group of the newly refused, by model or version. */
  readonly topCohort: Cohort | null;
}

export interface Cohort {
  readonly by: string;
  readonly name: string;
  readonly appraisals: number;
}

const DAY_MS = 86_400_000;
const DAYS = 7;
/** Judged twice in well under a second, a page at a time, so that devices hardly notice. */
const MAX_ROWS = 20_000;

/**
 * What a planned change of a policy would have done, by the rules alone: orders and roll-outs are as they are.
 *
 * @throws ConfigError `policy.evaluation_failed` when the new policy cannot judge what came in lately
 */
export async function impactOf(service: Service, issuer: Issuer, plan: PolicyPlan): Promise<Impact> {
  const { name, before = 'recorded' } = plan;
  const apps = (await judgedBy(service.store, issuer.iss, name)).map(({ id }) => id);
  try {
    return await simulate(service, issuer, apps, before, plan.after);
  } catch (error) {
    if (!(error instanceof ConfigError) || before === 'recorded') throw error;
    // If it is the policy in force that cannot judge, nothing may stand in the way of the one that mends it.
    return await simulate(service, issuer, apps, 'recorded', plan.after);
  }
}

async function simulate(
  service: Service,
  issuer: Issuer,
  apps: readonly string[],
  old: Policy | 'recorded',
  next: Policy,
): Promise<Impact> {
  const simulation = createSimulation({ old, new: next, at: 'then', ceiling: assuranceCeiling, sample: 0 });
  const span = await overLastDays(service, issuer, apps, (row) => simulation.add(row));
  return { apps, ...span, ...summaryOf(simulation.report()) };
}

/** Reads the appraisals of the last days, and says how many there are of a day. */
export async function overLastDays(
  service: Service,
  issuer: Issuer,
  apps: readonly string[],
  add: (row: AppraisedFacts) => void | Promise<void>,
): Promise<Pick<Impact, 'perDay' | 'complete'>> {
  const to = service.clock();
  let [rows, first, last] = [0, to, 0];
  for (const app of apps) {
    for await (const row of factsOf(service, issuer, { app, from: to - DAYS * DAY_MS, to, max: MAX_ROWS - rows })) {
      rows += 1;
      [first, last] = [Math.min(first, row.at), Math.max(last, row.at)];
      await add(row);
    }
  }
  const complete = rows < MAX_ROWS;
  // Over the time that there is something of: a new app has no week behind it, and a busy one is not read to its end.
  const span = complete ? Math.max(to - first, DAY_MS) : Math.max(last - first, 1);
  return { perDay: Math.round((rows * DAY_MS) / span), complete };
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

function topOf({ models, versions }: SimulationReport['newlyRefused']): Cohort | null {
  const named = (by: string, all: readonly Named[]) => all.map(({ name, appraisals }) => ({ by, name, appraisals }));
  return largest([...named('model', models), ...named('version', versions)]);
}

/** The first of the largest. */
export function largest(cohorts: readonly Cohort[]): Cohort | null {
  return cohorts.reduce<Cohort | null>(
    (top, each) => (top === null || each.appraisals > top.appraisals ? each : top),
    null,
  );
}
