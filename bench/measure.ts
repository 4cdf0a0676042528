/**
 * Ratios in one run. Subject and reference take turns in short rounds, so that a machine whose speed drifts drifts for
 * both; what counts is CPU time of the whole process, and the median over the rounds.
 */

export type Work = () => unknown;

export interface Ratio {
  /** Speed of the subject in units of the reference's: 1 is as fast. */
  readonly ratio: number;
  /** Operations per CPU second. */
  readonly subject: number;
  readonly reference: number;
}

const ROUNDS = 15;
const ROUND_MS = 60;

/** Compares two pieces of work; each call does one operation. Awaits promises, one at a time. */
export async function compare(subject: Work, reference: Work): Promise<Ratio> {
  await speedOf(subject);
  await speedOf(reference);
  const rounds: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push([await speedOf(subject), await speedOf(reference)]);
  return {
    ratio: median(rounds.map(([ours, theirs]) => ours / theirs)),
    subject: median(rounds.map(([ours]) => ours)),
    reference: median(rounds.map(([, theirs]) => theirs)),
  };
}

/** Operations per CPU second over about one round. */
async function speedOf(work: Work): Promise<number> {
  const until = performance.now() + ROUND_MS;
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
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value below which `share` of the sorted values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
