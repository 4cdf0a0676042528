import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { codeOf, inWords } from '../../errno.ts';
import { fault } from '../../reasons.ts';

/** Folders that hold what others wrote, or what a build made. */
const SKIPPED = new Set([
  ...['.git', '.gradle', '.dart_tool', '.idea', '.cxx', 'node_modules', 'Pods', 'Carthage', 'DerivedData', '.build'],
  ...['build', 'dist', 'out', 'oh_modules', 'vendor'],
]);

const MAX_FILES = 200_000;

/**
 * The files that operands name, folders walked in a fixed order, links not followed. A folder that is named itself is walked
 * whatever it is called; inside of one the caller chooses by path and size. Paths come back as a person would write them from `cwd`.
 *
 * @throws UpstreamError `cli.file_unreadable` for an operand that is not there; RequestError `cli.nothing_to_read` when there is
 * not one file in all the folders: a gate that looks at nothing must not be green
 */
export function filesOf(
  operands: readonly string[],
  cwd: string,
  isWanted: (path: string, size: () => number) => boolean,
): readonly string[] {
  const found = new Set<string>();
  for (const operand of operands) {
    const path = join(operand);
    if (isFolder(path)) walk(path, isWanted, found);
    else found.add(path);
  }
  if (operands.length > 0 && found.size === 0) throw fault('cli.nothing_to_read', { found: operands.join(' ') });
  return Array.from(found, (path) => shown(path, cwd));
}

/** Relative to the working folder when it lies beneath, for reports that name files of a checkout. */
function shown(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return below === '' || below.startsWith('..') ? path : below;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw fault('cli.file_unreadable', { message: `cannot read ${path}`, found: inWords(codeOf(error)) }, error);
  }
}

function walk(folder: string, isWanted: (path: string, size: () => number) => boolean, found: Set<string>): void {
  for (const entry of entriesOf(folder)) {
    if (found.size >= MAX_FILES) throw tooMany(folder);
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) walk(path, isWanted, found);
    if (entry.isFile() && isWanted(path, () => statSync(path).size)) found.add(path);
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw fault('cli.file_unreadable', { message: `cannot read ${folder}`, found: inWords(codeOf(error)) }, error);
  }
}

const tooMany = (folder: string): Error =>
  fault('cli.usage', { expected: `at most ${MAX_FILES} files`, found: `more beneath ${folder}` });
