/** What `assay policy simulate` does with an export, and nothing else: its CPU time and memory are those of a simulation. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { completeFacts } from '@assay/core';
import { createSimulation } from '@assay/policy';
import type { StreamedFacts } from '@assay/service';
import { serveTasks } from '../parts/child.ts';
import { presetNamed } from '../parts/population.ts';

const EXPORT = join(import.meta.dirname, 'export.ts');

async function simulate({ rows }: { readonly rows: number }) {
  const simulation = createSimulation({ old: presetNamed('standard'), new: presetNamed('banking'), at: 'then' });
  const before = process.cpuUsage();
  const child = spawn(process.execPath, ['--conditions=@assay/source', EXPORT, String(rows)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const decoder = new TextDecoder();
  let [held, bytes] = ['', 0];
  for await (const piece of child.stdout) {
    bytes += piece.length;
    const lines = (held + decoder.decode(piece, { stream: true })).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) {
      const row = JSON.parse(line) as StreamedFacts; // as the export wrote it
      simulation.add({ ...row, facts: completeFacts(row.facts) });
    }
  }
  const { user, system } = process.cpuUsage(before);
  const { total, newlyRefused } = simulation.report();
  const peak = process.resourceUsage().maxRSS / 1024;
  return {
    seconds: (user + system) / 1e6,
    peak,
    bytes,
    appraisals: total.appraisals,
    refused: newlyRefused.appraisals,
  };
}

serveTasks({ simulate }, async () => {});
