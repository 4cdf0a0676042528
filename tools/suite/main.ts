// The `test` task: every workspace's tests, against a throw-away PostgreSQL; the last line counts them.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../postgres/start.ts';
import { TEST_POSTGRES } from '../postgres/testing.ts';
import { runTask } from '../task.ts';
import { assertEachHasTests, discover } from './discover.ts';
import type { Group, Report } from './group.ts';
import { NO_REMARKS, remarkLines } from './remarks.ts';
import { type Selection, selection } from './selection.ts';
import { closingLine, isGreen, joined } from './totals.ts';

const root = join(import.meta.dirname, '../..');

async function main(filters: readonly string[]): Promise<boolean> {
  const workspaces = discover(root);
  if (filters.length === 0) assertEachHasTests(workspaces);
  const selected = selection(
    workspaces.flatMap(({ tests }) => tests),
    filters,
  );
  const postgres = await startPostgres({ durable: false });
  process.env[TEST_POSTGRES] = JSON.stringify(postgres.connection);
  try {
    const reports = await runTests(selected);
    const summary = joined(reports.map((report) => report.summary));
    const remarks = remarkLines(reports.map((report) => report.remarks));
    process.stdout.write(`\n${[...remarks, closingLine(summary)].join('\n')}\n`);
    return isGreen(summary);
  } finally {
    await postgres.stop();
  }
}

/** Every group in a process of its own, as many at once as there are processors; longest first. */
async function runTests({ files, namePatterns }: Selection): Promise<readonly Report[]> {
  const groups = groupsOf(files, namePatterns);
  const reports: Report[] = [];
  const next = async (): Promise<void> => {
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) reports.push(await runGroup(group));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
  return reports;
}

/** Files by workspace. Those with real servers and databases take longest and come first. */
function groupsOf(files: readonly string[], namePatterns: readonly string[]): Group[] {
  const byWorkspace = Map.groupBy(files, (file) => file.split('/test/', 1)[0] ?? file);
  const groups = [...byWorkspace].map(([name, members]) => ({
    ...{ name, namePatterns, files: members.map((file) => join(root, file)) },
  }));
  return groups.sort((a, b) => rank(a.name) - rank(b.name));
}

const SLOW = [
  'packages/store',
  'apps/cli',
  'apps/server',
  'packages/http',
  'packages/service',
  'tools',
  'packages/middleware',
];
const rank = (name: string): number => (SLOW.includes(name) ? SLOW.indexOf(name) : SLOW.length);

/** No test waits for ever by its own timeout; this is for what hangs between tests. */
const GROUP_TIMEOUT_MS = 300_000;

/** The output of a group stands together, however many run at once. */
async function runGroup(group: Group): Promise<Report> {
  const child = fork(join(import.meta.dirname, 'group.ts'), { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const output: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
  let report: Report | undefined;
  child.on('message', (message: Report) => {
    report = message;
  });
  child.send(group);
  const timer = setTimeout(() => child.kill('SIGKILL'), GROUP_TIMEOUT_MS);
  await once(child, 'close');
  clearTimeout(timer);
  process.stdout.write(`\n${group.name}\n`);
  process.stdout.write(Buffer.concat(output));
  return report ?? crashed(group);
}

/** A group that ended without a word counts as one failure: its tests were not heard. */
function crashed({ name }: Group): Report {
  const failed = `${name}: the test process ended before its tests did`;
  process.stdout.write(`${failed}\n`);
  return {
    summary: { success: false, counts: { tests: 1, passed: 0, skipped: 0, todo: 0 } },
    remarks: { ...NO_REMARKS, failed: [failed] },
  };
}

await runTask(main);
