import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { BootstrapError } from './errors.mjs';
import { ensureInstalled } from './install.mjs';
import { packagedNode, runtimeFor } from './runtime.mjs';
import { TASKS } from './tasks.mjs';
import { ROOT, treesFor } from './trees.mjs';

/**
 * What Node is started with: the condition that finds sources, and a young generation that does not grow to 48 MB over the
 * garbage of a start and stay there.
 */
const NODE_FLAGS = ['--conditions=@assay/source', '--max-semi-space-size=8'];

/** Runs the task that the first argument names; the exit code is the task's, or 1 when it could not be started. */
export async function main([name, ...args]) {
  try {
    const task = taskNamed(name);
    const script = join(ROOT, task.script);
    if (!existsSync(script)) throw new BootstrapError(`"${name}" is not there yet: ${task.script} is missing`);
    for (const tree of treesFor(task.needs)) await ensureInstalled(tree, say);
    const node = runtimeFor(packagedNode(ROOT), say);
    const { code } = await runChild(node, [...NODE_FLAGS, script, ...task.args, ...args]);
    return code;
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    say(error.message);
    return 1;
  }
}

function taskNamed(name) {
  if (name !== undefined && Object.hasOwn(TASKS, name)) return TASKS[name];
  const rows = Object.entries(TASKS).map(([task, { summary }]) => `  ${task.padEnd(14)} ${summary}`);
  throw new BootstrapError(`unknown task ${JSON.stringify(name ?? '')}; there are:\n${rows.join('\n')}`);
}

function say(text) {
  process.stderr.write(`assay: ${text}\n`);
}
