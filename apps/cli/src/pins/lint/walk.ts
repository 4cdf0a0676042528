import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { codeOf, inWords } from '../../errno.ts';
import { fault } from '../../reasons.ts';
import type { Unread } from './unread.ts';

/** Folders that hold what others wrote, or what a build made. */
const SKIPPED = new Set([
  ...['.git', '.gradle', '.dart_tool', '.idea', '.cxx', 'node_modules', 'Pods', 'Carthage', 'DerivedData', '.build'],
  ...['build', 'dist', 'out', 'oh_modules', 'vendor'],
]);

/** Chooses by the path, and by the size where that matters: asking for it costs a call. */
type IsWanted = (path: string, size: () => number) => boolean;

const MAX_FILES = 200_000;

/**
 * The files that operands name, folders walked in a fixed order, links not followed. A folder that is named itself is walked
 * whatever it is called; inside of one the caller chooses by path and size. Paths come back as a person would write them from `cwd`.
 *
 * A folder or file inside that cannot be read is noted, and the walk goes on.
 *
 * @throws UpstreamError `cli.file_unreadable` for an operand that is not there; RequestError `cli.nothing_to_read` when there is
 * not one file in all the folders: a gate that looks at nothing must not be green
 */
export function filesOf(
  operands: readonly string[],
  cwd: string,
  isWanted: IsWanted,
  unread: Unread,
): readonly string[] {
  const found = new Set<string>();
  for (const operand of operands) {
    const path = join(operand);
    if (isFolder(path, cwd)) walk(path, { cwd, isWanted, found, unread });
    else found.add(path);
  }
  const isNothing = operands.length > 0 && found.size === 0 && unread.files.length === 0;
  if (isNothing) throw fault('cli.nothing_to_read', { found: operands.join(' ') });
  return Array.from(found, (path) => shown(path, cwd));
}

/** Relative to the working folder when it lies beneath, for reports that name files of a checkout. */
function shown(path: string, cwd: string): string {
  const below = relative(cwd, resolve(cwd, path));
  return below === '' || below.startsWith('..') ? path : below;
}

function isFolder(path: string, cwd: string): boolean {
  return reading(path, () => statSync(resolve(cwd, path)).isDirectory());
}

interface Walk {
  readonly cwd: string;
  readonly isWanted: IsWanted;
  readonly found: Set<string>;
  readonly unread: Unread;
}

function walk(folder: string, around: Walk): void {
  const { cwd, isWanted, found, unread } = around;
  for (const entry of noting(folder, unread, () => entriesOf(folder, cwd)) ?? []) {
    if (found.size >= MAX_FILES) throw tooMany(folder);
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) walk(path, around);
    const size = () => reading(path, () => statSync(resolve(cwd, path)).size);
    if (entry.isFile() && noting(path, unread, () => isWanted(path, size)) === true) found.add(path);
  }
}

const entriesOf = (folder: string, cwd: string): readonly Dirent[] =>
  reading(folder, () =>
    readdirSync(resolve(cwd, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)),
  );

function noting<T>(path: string, unread: Unread, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    unread.note(path, error);
    return undefined;
  }
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = codeOf(error);
    if (code === '') throw error;
    throw fault('cli.file_unreadable', { message: `cannot read ${path}`, found: inWords(code) }, error);
  }
}

const tooMany = (folder: string): Error =>
  fault('cli.usage', { expected: `at most ${MAX_FILES} files`, found: `more beneath ${folder}` });
