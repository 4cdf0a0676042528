import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_POLL_MS = 500;
const GRACE_MS = 10_000;

/**
 * Runs a program in our place with signals handed on; its exit code, 128 + the number when a signal ended it.
 * `interrupted` says that we were asked to end meanwhile.
 */
export async function runChild(file, args, { followParent = true, ...options } = {}) {
  const child = spawn(file, args, { stdio: 'inherit', ...options });
  const forwarding = forwardSignals(child);
  const watch = followParent ? endWithParent(child) : undefined;
  try {
    const [code, signal] = await once(child, 'exit');
    return { code: code ?? 128 + constants.signals[signal], interrupted: forwarding.received };
  } finally {
    clearInterval(watch);
    forwarding.stop();
  }
}

function forwardSignals(child) {
  const forwarding = { received: false, stop };
  for (const signal of FORWARDED) process.on(signal, forward);
  return forwarding;

  function forward(signal) {
    forwarding.received = true;
    // A terminal's Ctrl-C reaches the whole group by itself; a second one would cut a graceful shutdown short.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  }
  function stop() {
    for (const signal of FORWARDED) process.off(signal, forward);
  }
}

/**
 * `kill` of an npm script ends npm and its shell but not us, and a server would keep its port: so end with the parent.
 * Only under npm: whoever starts this file directly may well leave before it (nohup, a supervisor's double fork).
 */
function endWithParent(child) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
  }, PARENT_POLL_MS);
  return watch;
}
