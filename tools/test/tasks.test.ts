import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { main } from '../bootstrap/main.mjs';
import { TASKS } from '../bootstrap/tasks.mjs';
import { treesFor } from '../bootstrap/trees.mjs';
import { ROOT } from '../command.ts';

const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8'));

describe('tasks', () => {
  it('has a row for every npm script', () => {
    for (const [name, line] of Object.entries(scripts)) {
      const task = /^node tools\/run\.mjs ([\w:]+)$/.exec(line)?.[1];
      assert.ok(task !== undefined && Object.hasOwn(TASKS, task), `${name}: ${line}`);
    }
  });

  for (const [name, { needs }] of Object.entries(TASKS)) {
    it(`${name} names trees that exist`, () => {
      for (const { dir } of treesFor(needs)) assert.ok(readFileSync(`${dir}/package-lock.json`));
    });
  }

  it('never fetches for the server what only tests need', () => {
    for (const name of ['up', 'serve', 'assay'] as const) assert.deepEqual(TASKS[name].needs, ['root']);
  });

  for (const name of [undefined, 'nonsense', 'constructor', '__proto__']) {
    it(`refuses ${name}`, async (t) => {
      const write = t.mock.method(process.stderr, 'write', () => true);
      assert.equal(await main([name]), 1);
      assert.match(String(write.mock.calls[0]?.arguments[0]), /unknown task/);
    });
  }
});
