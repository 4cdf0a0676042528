import type { AppraisedFacts } from '@assay/core';
import { createSimulation, presetOf } from '@assay/policy';
import { serveTasks } from '../parts/child.ts';
import { createDice, somebodyAppraised } from '../parts/population.ts';

const AT = Date.UTC(2026, 10, 21);
const KINDS = 4_000;
const LINES = 64;

/** Lines of an export, in the pieces that a stream gives. Ids and lineages differ; the rest comes again and again. */
function* pieces(rows: number): Generator<string> {
  const dice = createDice(4);
  const policy = policyOf('standard');
  const kinds = Array.from({ length: KINDS }, () => JSON.stringify(somebodyAppraised(dice, policy, AT)).slice(1));
  let lines: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const lineage = Math.floor((row * 0.618034) % (rows / 3));
    lines.push(`{"id":"appraisal-${row}","at":${AT - row * 500},"lineage":"install-${lineage}",${kinds[row % KINDS]}`);
    if (lines.length < LINES && row < rows - 1) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
}

function policyOf(name: string) {
  const policy = presetOf(name);
  if (policy === undefined) throw new Error(`no preset ${name}`);
  return policy;
}

/** What `assay policy simulate` does with an export, without the reading of files. */
function simulate({ rows }: { readonly rows: number }) {
  const simulation = createSimulation({ old: policyOf('standard'), new: policyOf('banking'), at: 'then' });
  const before = process.cpuUsage();
  let bytes = 0;
  for (const piece of pieces(rows)) {
    bytes += piece.length;
    for (const line of piece.split('\n')) if (line !== '') simulation.add(JSON.parse(line) as AppraisedFacts); // as it was written above
  }
  const { user, system } = process.cpuUsage(before);
  const { total, newlyRefused } = simulation.report();
  const peak = process.resourceUsage().maxRSS / 1024;
  return { seconds: (user + system) / 1e6, peak, bytes, total, refused: newlyRefused.appraisals };
}

serveTasks({ simulate }, async () => {});
