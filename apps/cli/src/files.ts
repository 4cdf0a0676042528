import { randomUUID } from 'node:crypto';
import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
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
    throw unwritable(path, error);
  }
}

/** UpstreamError `cli.file_unwritable`, with what the operating system says. */
export const unwritable = (path: string, error: unknown): Error =>
  fault('cli.file_unwritable', { message: `cannot write ${path}`, found: inWords(codeOf(error)) }, error);

/** Sees, before any work is done for it, that a file can be written. @throws UpstreamError `cli.file_unwritable` */
export function expectWritable(path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
      throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  } catch (error) {
    throw unwritable(path, error);
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
