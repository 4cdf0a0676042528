// The `test` task: every workspace's tests, against a throw-away PostgreSQL; the last line counts them.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { startPostgres } from '../postgres/start.ts';
import { TEST_POSTGRES } from '../postgres/testing.ts';
import { runTask } from '../task.ts';
import { assertEachHasTests, discover } from './discover.ts';
import { type Selection, selection } from './selection.ts';
import { closingLine, isGreen, type Summary } from './totals.ts';

/** No test takes long; one that waits for ever fails. */
const TEST_TIMEOUT_MS = 60_000;

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
    const summary = await runTests(selected);
    process.stdout.write(`\n${closingLine(summary)}\n`);
    return isGreen(summary);
  } finally {
    await postgres.stop();
  }
}

async function runTests({ files, namePatterns }: Selection): Promise<Summary> {
  let summary: Summary | undefined;
  const events = run({
    files: files.map((file) => join(root, file)),
    concurrency: availableParallelism(),
    // A file whose tests are done but which left a connection open would otherwise never end; no timeout covers that.
    execArgv: ['--test-force-exit'],
    timeout: TEST_TIMEOUT_MS,
    ...(namePatterns.length > 0 && { testNamePatterns: [...namePatterns] }),
  });
  events.on('test:summary', (event) => {
    if (event.file === undefined) summary = event;
  });
  for await (const chunk of events.compose(spec())) process.stdout.write(chunk);
  if (summary === undefined) throw new Error('the test runner ended without a summary');
  return summary;
}

await runTask(main);
