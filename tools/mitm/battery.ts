import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { RunReport } from '@assay/mitm';
import { ROOT } from '../command.ts';

const BIN = join(ROOT, 'node_modules/.bin');
/** A client of Node starts once a case: its modules are compiled once. */
const COMPILED = join(ROOT, 'node_modules/.cache/compiled');

export interface BatteryOrder {
  readonly profile: string;
  readonly command: string;
  /** Folder with the lab's keys. */
  readonly lab: string;
  readonly jobs: number;
  readonly env: Readonly<Record<string, string>>;
  readonly only: readonly string[];
  /** How long a client may take. Servers that say nothing are waited for by every client in its own way, for 8 s at most. */
  readonly limitSeconds: number;
}

/** The whole battery against one client, by the command that users run. Throws when that command did not come to a report. */
export async function runBattery({
  profile,
  command,
  lab,
  jobs,
  env,
  only,
  limitSeconds,
}: BatteryOrder): Promise<RunReport> {
  const chosen = only.length === 0 ? [] : ['--only', only.join(',')];
  const pace = ['--jobs', `${jobs}`, '--limit', `${limitSeconds}`];
  const { stdout, stderr } = await assay(
    ['mitm', 'run', '--json', '--profile', profile, '--exec', command, '--lab', lab, ...pace, ...chosen],
    env,
  );
  const report: unknown = parsed(stdout);
  if (!isReport(report)) throw new Error(`no report came of it: ${stderr.trim() || stdout.trim()}`);
  return report;
}

/** Makes a lab that all runs share, so that its keys are made once. */
export async function makeLab(folder: string): Promise<void> {
  const { code, stderr } = await assay(['mitm', 'lab', folder], {});
  if (code !== 0) throw new Error(`no lab could be made: ${stderr.trim()}`);
}

/** Commands of profiles name files from the root, and the Node that runs this. */
async function assay(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn('node', ['--conditions=@assay/source', 'apps/cli/bin/assay.js', ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...env,
      PATH: `${BIN}${delimiter}${process.env['PATH']}`,
      NO_COLOR: '1',
      NODE_COMPILE_CACHE: COMPILED,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exit;
  return { code, stdout, stderr };
}

function parsed(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

function isReport(value: unknown): value is RunReport {
  return typeof value === 'object' && value !== null && 'schema' in value && value.schema === 'assay.mitm.run/1';
}
