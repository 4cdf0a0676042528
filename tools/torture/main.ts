// The `torture` task: kills writers and engines at random moments and proves that nothing acknowledged is lost.
// Results on stdout, one table an engine; exit code 1 on any loss. `--sync-proof` shows the syncs to disk instead.
import { runTask } from '../task.ts';
import { measureFloor } from './floor.ts';
import { parseOptions } from './options.ts';
import { proveSyncs } from './sync-proof.ts';
import { formatProof, formatReport, HEADING } from './table.ts';
import type { Address } from './target.ts';
import { isSound, torture } from './torture.ts';

const LOAD_MS = 800;
const LANES = 64;
const FLOOR_MS = 500;

async function main(args: readonly string[]): Promise<boolean> {
  const { engines, kills, syncProof } = parseOptions(args);
  let allSound = true;
  for (const engine of engines) {
    const sound = syncProof ? await showSyncs(engine) : await killAndLook(engine, kills);
    allSound &&= sound;
  }
  return allSound;
}

async function killAndLook(engine: Address['engine'], kills: number): Promise<boolean> {
  say(`${engine}: ${kills} kills under ${LANES} writers; this disk takes ${rate(measureFloor(FLOOR_MS))} fdatasync/s`);
  say(HEADING);
  let total = 0;
  let sound = true;
  for await (const report of torture({ engine, kills, loadMs: LOAD_MS, lanes: LANES })) {
    say(formatReport(report));
    total += report.acknowledged;
    sound &&= isSound(report);
  }
  say(`${engine}: ${total} acknowledged, ${sound ? 'nothing lost, nothing half-written' : 'DAMAGED: see above'}\n`);
  return sound;
}

async function showSyncs(engine: Address['engine']): Promise<boolean> {
  const proofs = await proveSyncs(engine);
  for (const proof of proofs) say(formatProof(engine, proof));
  return proofs.every(({ unproven }) => unproven === 0);
}

function rate(perSecond: number): string {
  return Math.round(perSecond).toString();
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runTask(main);
