import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder with those above it, one step at a time: Node's own recursion never ends where a parent that is there
 * answers that it is not, as those of /proc do. A folder that is there already stays as it is.
 *
 * @throws the fault of the operating system, also where a file stands in the way
 */
export function makeFolder(path: string, mode = 0o777): void {
  const missing: string[] = [];
  let at = resolve(path);
  while (!isFolder(at) && dirname(at) !== at) {
    missing.push(at);
    at = dirname(at);
  }
  for (const each of missing.reverse()) makeOne(each, mode);
}

/** Another process may have been faster. */
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
