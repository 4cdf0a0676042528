import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AssayError } from '@assay/core';
import { makeFolder } from '@assay/server/folder';
import { codeOf, inWords } from '../errno.ts';
import { fault } from '../reasons.ts';

/** Marks a folder as one that `assay up` made and may clear; holds the process that uses it, or nothing. */
const MARK = 'made-by-assay-up';
const MAX_AT_ONCE = 20;

/** The folder of one run, empty but for its mark. */
export interface RunFolder {
  readonly path: string;
  /** Empties it for another attempt. */
  clear(): void;
  /** Says that nobody uses it any more. Its files stay for whoever wants to look, but for those of a run beside another. */
  leave(): void;
}

/**
 * The folder that was asked for; without a wish the first of `.assay/demo`, `.assay/demo-2`, … that no other run is using.
 *
 * @throws RequestError `cli.folder_not_ours`, `cli.folder_in_use`: nothing is deleted that another has made; UpstreamError
 * `cli.file_unwritable` where this user may not write
 */
export function openFolder(cwd: string, wanted: string | undefined): RunFolder {
  try {
    return firstFree(cwd, wanted);
  } catch (error) {
    const code = codeOf(error);
    if (error instanceof AssayError || code === '') throw error;
    const message = `cannot use ${resolve(cwd, wanted ?? '.assay')}`;
    throw fault(
      'cli.file_unwritable',
      { message, found: inWords(code), hint: 'name another folder with --data' },
      error,
    );
  }
}

function firstFree(cwd: string, wanted: string | undefined): RunFolder {
  if (wanted !== undefined) return claim(resolve(cwd, wanted), { isSpare: false });
  const names = Array.from({ length: MAX_AT_ONCE }, (_, index) => (index === 0 ? 'demo' : `demo-${index + 1}`));
  const paths = names.map((name) => join(cwd, '.assay', name));
  const free = paths.findIndex((path) => !isInUse(path));
  return claim(paths[free] ?? join(cwd, '.assay/demo'), { isSpare: free > 0 });
}

/** A spare folder was nobody's wish, and nobody would look for it: it goes when its run ends. */
function claim(path: string, { isSpare }: { readonly isSpare: boolean }): RunFolder {
  if (!isOurs(path)) throw fault('cli.folder_not_ours', { found: path });
  if (isInUse(path)) throw fault('cli.folder_in_use', { found: path });
  const mark = join(path, MARK);
  const clear = () => {
    rmSync(path, { recursive: true, force: true });
    makeFolder(path, 0o700);
    writeFileSync(mark, String(process.pid));
  };
  const leave = () => (isSpare ? rmSync(path, { recursive: true, force: true }) : writeFileSync(mark, ''));
  clear();
  return { path, clear, leave };
}

/** Absent, empty, or made by an earlier run. */
function isOurs(path: string): boolean {
  if (!existsSync(path)) return true;
  if (!statSync(path).isDirectory()) return false;
  const names = readdirSync(path);
  return names.length === 0 || names.includes(MARK);
}

function isInUse(path: string): boolean {
  const mark = join(path, MARK);
  const pid = existsSync(mark) ? Number(readFileSync(mark, 'utf8')) : 0;
  return pid > 0 && isAlive(pid);
}

/** Signal 0 asks and does nothing; a process of another user is alive too. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
