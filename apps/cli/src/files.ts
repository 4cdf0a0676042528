import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { codeOf, inWords } from './errno.ts';
import { fault } from './reasons.ts';

/**
 * Writes a file whole or not at all: beside it first and synced, then in its place, so that no crash leaves half of somebody's
 * source. What a crash left lying has a name that nobody takes again. An existing file keeps its mode.
 *
 * @throws UpstreamError `cli.file_unwritable`
 */
export function writeWhole(path: string, text: string): void {
  const beside = `${path}.${randomUUID()}`;
  try {
    writeFileSync(beside, text, { flag: 'wx', mode: modeOf(path), flush: true });
    renameSync(beside, path);
  } catch (error) {
    removeIfThere(beside);
    throw fault('cli.file_unwritable', { message: `cannot write ${path}`, found: inWords(codeOf(error)) }, error);
  }
}

/** In a folder that may not be entered not even this can be asked, and the first fault is the one to tell. */
function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

function modeOf(path: string): number {
  return (statSync(path, { throwIfNoEntry: false })?.mode ?? 0o644) & 0o777;
}
