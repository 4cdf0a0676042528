// The battery against real clients, held against what is written of them: npm run mitm:selftest [-- --record] [CLIENT…]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTask, TaskError } from '../task.ts';
import { makeLab } from './battery.ts';
import { CLIENTS } from './clients.ts';
import { writePage } from './page.ts';
import { examine, type Finding } from './self-test.ts';

await runTask(async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { record: { type: 'boolean', default: false }, only: { type: 'string', multiple: true, default: [] } },
    allowPositionals: true,
  });
  const chosen = positionals.length === 0 ? CLIENTS : CLIENTS.filter(({ name }) => positionals.includes(name));
  if (chosen.length < positionals.length)
    throw new TaskError(`clients are ${CLIENTS.map(({ name }) => name).join(', ')}`);
  const findings = await inLab(async (lab) => {
    const all: Finding[] = [];
    for (const client of chosen) {
      const finding = await examine(client, { lab, isRecording: values.record, only: values.only });
      process.stdout.write(`${finding.words}\n`);
      all.push(finding);
    }
    return all;
  });
  if (values.record) writePage();
  const failed = findings.filter(({ failed }) => failed);
  const absent = findings.filter(({ absent }) => absent);
  process.stdout.write(
    `${findings.length - failed.length - absent.length} as written, ${failed.length} not, ${absent.length} absent\n`,
  );
  return failed.length === 0 && absent.length < findings.length;
});

async function inLab<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-lab-'));
  try {
    const lab = join(folder, 'lab');
    await makeLab(lab);
    return await use(lab);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
