import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder with those above it, one step at a time: Node's own recursion never ends where a parent that is there
 * answers that it is not, as those of /proc do. A folder that is there already stays as it is.
 *
 * @throws the fault of the operating system, also where a file stands in the way
 */
export function makeFolder(path: string, mode = 0o777): void {
  const steps = [resolve(path)];
  for (let above = dirname(steps[0] ?? ''); !existsSync(above) && dirname(above) !== above; above = dirname(above)) {
    steps.push(above);
  }
  for (const step of steps.reverse()) makeOne(step, mode);
}

/** It may be there already, and another process may have been faster. */
function makeOne(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** A name is durable when its folder is. Windows opens no folders, and writes names through its journal. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
