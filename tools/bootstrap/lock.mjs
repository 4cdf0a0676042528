import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BootstrapError } from './errors.mjs';

const POLL_MS = 200;
const PATIENCE_MS = 15 * 60_000;

/**
 * Runs `work` while holding the lock file, waiting for another process that holds it.
 * The file lies beside node_modules, not in it: npm may delete that folder.
 */
export async function withLock(path, say, work) {
  await acquire(path, say, Date.now() + PATIENCE_MS);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

async function acquire(path, say, deadline) {
  let announced = false;
  while (!tryTake(path)) {
    const owner = ownerOf(path);
    if (owner === undefined) continue;
    if (owner !== 'unreadable' && !isAlive(owner)) {
      removeIfStill(path, owner);
      continue;
    }
    if (!announced) say(`another install is running (pid ${owner}); waiting for it`);
    announced = true;
    if (Date.now() > deadline)
      throw new BootstrapError(`the other install does not end; if it is gone, delete ${path}`);
    await sleep(POLL_MS);
  }
}

function tryTake(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The pid in the file; undefined when the file is gone meanwhile; 'unreadable' while its owner has not written yet. */
function ownerOf(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : 'unreadable';
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Looks again before removing: another waiter may have replaced the dead owner's file by its own. */
function removeIfStill(path, owner) {
  if (ownerOf(path) === owner) rmSync(path, { force: true });
}

/** Signal 0 asks only whether the process exists; EPERM means that it does, under another user. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
