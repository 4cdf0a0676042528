import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { RunReport } from '@assay/mitm';
import { timed } from '../parts/timed.ts';
import { atMost, notMeasured, type Row } from '../row.ts';

const CLI = join(import.meta.dirname, '../../apps/cli/bin/assay.js');
const PINS = '$(printf %s "$ASSAY_PINS" | sed "s#,#;sha256//#g")';
const CURL = `curl -sS --cacert "$ASSAY_CA" --pinnedpubkey "sha256//${PINS}" "$ASSAY_URL"`;
const BAR_S = 20;
const ROUNDS = 3;

/** The whole battery against curl: the wall time that people wait, and the work beside that of starting curl as often. */
export async function bench(): Promise<readonly Row[]> {
  if (spawnSync('curl', ['--version']).status !== 0) return [notMeasured('the battery against curl', 'no curl')];
  const runs = Array.from({ length: ROUNDS }, runOnce).sort((one, other) => one.seconds - other.seconds);
  const [best] = runs;
  if (best === undefined) return [];
  const bare = timed(['/bin/sh', '-c', `for i in $(seq ${best.clients}); do curl -s file:///dev/null; done`]).ms;
  return [
    atMost(`battery against curl, ${best.clients} clients, --jobs 2`, best.seconds, BAR_S, 's'),
    { name: 'its CPU time, in starts of a bare curl', found: `${(best.ms / (bare / best.clients)).toFixed(0)}` },
  ];
}

function runOnce(): { readonly seconds: number; readonly ms: number; readonly clients: number } {
  const before = performance.now();
  const args = [...process.execArgv, CLI, 'mitm', 'run', '--json', '--exec', CURL];
  const { ms, stdout } = timed([process.execPath, ...args]);
  const seconds = (performance.now() - before) / 1000;
  const { results }: RunReport = JSON.parse(stdout);
  return { seconds, ms, clients: results.filter(({ observation: { exit } }) => exit !== undefined).length + 1 };
}
