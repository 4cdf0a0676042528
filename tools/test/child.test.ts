import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { isAlive } from '../bootstrap/lock.mjs';
import { ROOT } from '../command.ts';

const CHILD = pathToFileURL(`${ROOT}/tools/bootstrap/child.mjs`).href;

/** A program that reports its pid, lives on, and ends with 7 when asked to by SIGTERM. */
const SLEEPER = `process.on('SIGTERM', () => process.exit(7)); console.log(process.pid); setInterval(() => {}, 1000);`;

/** A stand-in for tools/run.mjs: runs the sleeper as a task is run. */
const RUNNER = `import { runChild } from ${JSON.stringify(CHILD)};
process.exitCode = (await runChild(process.execPath, ['-e', ${JSON.stringify(SLEEPER)}])).code;`;

describe('a running task', () => {
  it('hands a signal on and returns the exit code', async () => {
    const runner = spawn(process.execPath, ['--input-type=module', '-e', RUNNER], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await firstNumber(runner.stdout);
    runner.kill('SIGTERM');
    const [code] = await once(runner, 'exit');
    assert.equal(code, 7);
    assert.equal(isAlive(pid), false);
  });

  it('ends when npm above it is killed', async () => {
    const args = JSON.stringify(['--input-type=module', '-e', RUNNER]);
    const npm = `require('node:child_process').spawn(process.execPath, ${args}, { stdio: 'inherit' })`;
    const env = { ...process.env, npm_lifecycle_event: 'start' };
    const parent = spawn(process.execPath, ['-e', npm], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await firstNumber(parent.stdout);
    parent.kill('SIGKILL');
    // The pipe ends when the last process that holds it is gone.
    await once(parent, 'close');
    assert.equal(isAlive(pid), false);
  });
});

async function firstNumber(stream: NodeJS.ReadableStream): Promise<number> {
  const [line] = await once(createInterface({ input: stream }), 'line');
  return Number(line);
}
