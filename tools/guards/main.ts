// The `check` task: proves each guard red on its fixture, then runs it on the tree.
import { join } from 'node:path';
import { ROOT } from '../command.ts';
import { inStage } from '../stage.ts';
import { runTask } from '../task.ts';
import { deadCode } from './deadcode/guard.ts';
import { direction } from './direction/guard.ts';
import type { Guard } from './guard.ts';
import { length } from './length/guard.ts';
import { lint } from './lint/guard.ts';
import { manifests } from './manifests/guard.ts';
import { packages } from './packages/guard.ts';
import { types } from './types/guard.ts';

const GUARDS: readonly Guard[] = [types, lint, direction, manifests, length, deadCode, packages];

async function main(names: readonly string[]): Promise<boolean> {
  const chosen = GUARDS.filter(({ name }) => names.length === 0 || names.includes(name));
  let green = chosen.length > 0;
  for (const guard of chosen) green = (await passes(guard)) && green;
  return green;
}

async function passes(guard: Guard): Promise<boolean> {
  const start = performance.now();
  const problems = [...(await blindSpots(guard))];
  const findings = await guard.inspect(ROOT);
  problems.push(...findings.problems);
  if (findings.looked === 0) problems.push('looked at nothing');
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const verdict = problems.length === 0 ? 'ok  ' : 'FAIL';
  process.stdout.write(`${verdict} ${guard.name.padEnd(10)} ${findings.looked} ${guard.unit}, ${seconds} s\n`);
  for (const problem of problems) process.stdout.write(`     ${problem}\n`);
  return problems.length === 0;
}

/** What the guard should have reported of its fixture, and did not. */
async function blindSpots({ name, expected, inspect }: Guard): Promise<string[]> {
  const { problems } = await inStage(join(import.meta.dirname, name, 'fixtures'), inspect);
  const missed = expected.filter((text) => !problems.some((problem) => problem.includes(text)));
  return missed.map((text) => `the guard is blind: its fixture must give "${text}"`);
}

await runTask(main);
