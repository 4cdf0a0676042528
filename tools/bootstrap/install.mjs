import { join } from 'node:path';
import { runChild } from './child.mjs';
import { BootstrapError } from './errors.mjs';
import { withLock } from './lock.mjs';
import { npmCommand, npmEnvironment, OFFLINE, ONLINE } from './npm.mjs';
import { isCurrent, writeStamp } from './stamp.mjs';

/** Installs a tree when its stamp says that it is missing or out of date; otherwise costs a few file reads. */
export async function ensureInstalled(tree, say) {
  if (isCurrent(tree.dir)) return;
  await withLock(join(tree.dir, '.assay-install.lock'), say, async () => {
    if (isCurrent(tree.dir)) return;
    say(`installing ${tree.label}`);
    await install(tree, say);
    writeStamp(tree.dir);
  });
}

async function install({ dir, after }, say) {
  if (!(await npm(ONLINE, dir))) {
    say('npm failed; trying once more from its cache alone');
    if (!(await npm(OFFLINE, dir))) {
      throw new BootstrapError(
        `npm could not install in ${dir} (its message is above): check the network, then run again`,
      );
    }
  }
  if (after !== undefined) await succeeds(process.execPath, [join(dir, after)], { cwd: dir });
}

function npm(args, cwd) {
  const { file, args: leading, shell } = npmCommand(process.env);
  return succeeds(file, [...leading, ...args], { cwd, shell, env: npmEnvironment(process.env) });
}

/** Runs a step with its output on stderr, since stdout belongs to the task. Whether it succeeded. */
async function succeeds(file, args, options) {
  // An install that was begun is finished even when npm above us is killed: the next call finds it whole.
  const step = { ...options, followParent: false, stdio: ['ignore', process.stderr, process.stderr] };
  const { code, interrupted } = await runChild(file, args, step);
  if (interrupted) throw new BootstrapError('interrupted');
  return code === 0;
}
