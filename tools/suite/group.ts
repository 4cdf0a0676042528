// One process for all test files of a workspace: starting a process for each file would cost more than the tests.
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { type Remarks, RemarkTaker } from './remarks.ts';
import type { Summary } from './totals.ts';

/** No test takes long; one that waits for ever fails. */
const TEST_TIMEOUT_MS = 60_000;

/** What the parent hands over. */
export interface Group {
  readonly name: string;
  readonly files: readonly string[];
  readonly namePatterns: readonly string[];
}

/** What the parent gets back. */
export interface Report {
  readonly summary: Summary;
  readonly remarks: Remarks;
}

/** Runs the files of one group in this process and tells the parent what came of them. */
async function runGroup({ files, namePatterns }: Group): Promise<void> {
  let summary: Summary | undefined;
  const events = run({
    files: [...files],
    isolation: 'none',
    timeout: TEST_TIMEOUT_MS,
    ...(namePatterns.length > 0 && { testNamePatterns: [...namePatterns] }),
  });
  const taker = new RemarkTaker(join(import.meta.dirname, '../..'));
  events.on('test:start', (event) => taker.started(event));
  events.on('test:pass', (event) => taker.passed(event));
  events.on('test:fail', (event) => taker.failed(event));
  events.on('test:summary', (event) => {
    if (event.file === undefined) summary = event;
  });
  for await (const chunk of events.compose(spec())) process.stdout.write(chunk);
  if (summary === undefined) throw new Error('the test runner ended without a summary');
  const { success, counts } = summary;
  // A connection that a test left open would keep this process alive for ever.
  const report: Report = { summary: { success, counts }, remarks: taker.remarks };
  process.send?.(report, () => process.exit(success ? 0 : 1));
}

process.once('message', (group: Group) => {
  runGroup(group).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(70);
  });
});
