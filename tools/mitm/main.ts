// The battery against real clients, held against what is written of them: npm run mitm:selftest [-- --record] [CLIENT…]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTask, TaskError } from '../task.ts';
import { makeLab } from './battery.ts';
import { CLIENTS, type Client } from './clients.ts';
import { compareInterceptors } from './interceptors/compare.ts';
import { writePage } from './page.ts';
import { type Examination, examine, type Finding, playBattery } from './self-test.ts';
import { sideBySide } from './side-by-side.ts';

/** Clients at once: while one waits for a server that says nothing, another works. */
const WIDTH = 3;
const INTERCEPTORS = 'interceptors';

await runTask(async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { record: { type: 'boolean', default: false }, only: { type: 'string', multiple: true, default: [] } },
    allowPositionals: true,
  });
  const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
  assertKnown(positionals);
  const clients = CLIENTS.filter(({ name }) => wanted(name));
  const order = { isRecording: values.record, only: values.only, play: playBattery };
  const findings = await inLab((lab) => examined(clients, { lab, ...order }));
  if (values.record) writePage();
  if (wanted(INTERCEPTORS)) findings.push(...(await compareInterceptors()).map(told));
  return summed(findings);
});

function assertKnown(names: readonly string[]): void {
  const known = [...CLIENTS.map(({ name }) => name), INTERCEPTORS];
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined) throw new TaskError(`${stranger} is none of ${known.join(', ')}`);
}

/** What may be the doing of a busy machine is tried alone before it counts. */
async function examined(clients: readonly Client[], examination: Examination): Promise<Finding[]> {
  const first = await sideBySide(clients, WIDTH, async (client) => told(await examine(client, examination)));
  const findings: Finding[] = [];
  for (const finding of first) findings.push(finding.retry === undefined ? finding : told(await finding.retry()));
  return findings;
}

function told(finding: Finding): Finding {
  process.stdout.write(`${finding.words}\n`);
  return finding;
}

/** Nothing to compare is no success. */
function summed(findings: readonly Finding[]): boolean {
  const count = (state: Finding['state']): number => findings.filter((each) => each.state === state).length;
  const [same, others] = [
    `${count('agrees')} as written, ${count('differs')} not`,
    `${count('another')} at another version`,
  ];
  process.stdout.write(`${same}, ${others}, ${count('absent')} absent\n`);
  return count('differs') === 0 && count('agrees') + count('another') > 0;
}

async function inLab<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-selftest-'));
  try {
    const lab = join(folder, 'lab');
    await makeLab(lab);
    return await use(lab);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
