/**
 * Ratios in one run. Subject and reference take turns in short rounds, so that a machine whose speed drifts drifts for
 * both. What counts is CPU time of the whole process, and the quick quarter of the rounds: other work on the machine only
 * ever slows a round down, so the quick ones are those that it disturbed least.
 */

export type Work = () => unknown;

export interface Ratio {
  /** Speed of the subject in units of the reference's: 1 is as fast. */
  readonly ratio: number;
  /** Operations per CPU second. */
  readonly subject: number;
  readonly reference: number;
}

const ROUNDS = 40;
const ROUND_MS = 40;
/** Until the engine has compiled what it will: a server is past this after its first minute. */
const WARM_UP_MS = 5_000;
const QUICK = 0.75;

/** Compares two pieces of work; each call does one operation. Awaits promises, one at a time. */
export async function compare(subject: Work, reference: Work): Promise<Ratio> {
  await speedOf(subject, WARM_UP_MS);
  await speedOf(reference, WARM_UP_MS / 10);
  const rounds: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push([await speedOf(subject, ROUND_MS), await speedOf(reference, ROUND_MS)]);
  }
  const [ours, theirs] = [
    quantile(
      rounds.map(([own]) => own),
      QUICK,
    ),
    quantile(
      rounds.map(([, other]) => other),
      QUICK,
    ),
  ];
  return { ratio: ours / theirs, subject: ours, reference: theirs };
}

/** Operations per CPU second of one piece of work by itself. */
export async function speed(work: Work): Promise<number> {
  await speedOf(work, WARM_UP_MS / 10);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS / 2; round++) rounds.push(await speedOf(work, ROUND_MS));
  return quantile(rounds, QUICK);
}

async function speedOf(work: Work, ms: number): Promise<number> {
  const until = performance.now() + ms;
  const before = process.cpuUsage();
  let operations = 0;
  while (performance.now() < until) {
    const result = work();
    if (result instanceof Promise) await result;
    operations += 1;
  }
  const { user, system } = process.cpuUsage(before);
  return (operations * 1e6) / (user + system);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
