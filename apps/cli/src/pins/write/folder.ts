import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { makeFolder } from '@assay/server/folder';
import { codeOf, inWords } from '../../errno.ts';
import { writeWhole } from '../../files.ts';
import { fault } from '../../reasons.ts';

/** How a file on the disk stands to what would be written. */
export type State = 'same' | 'differs' | 'missing' | 'left over';

export interface PlacedFile {
  /** Where it lies, beneath the folder that was named. */
  readonly path: string;
  readonly text: string;
}

export interface ComparedFile {
  readonly path: string;
  readonly state: State;
}

/** Compares files with what lies in a target's folder, and finds what lies there besides. @throws UpstreamError */
export function compare(folder: string, files: readonly PlacedFile[]): readonly ComparedFile[] {
  const compared = files.map(({ path, text }) => ({ path, state: stateOf(path, text) }));
  const known = new Set(files.map(({ path }) => path));
  const others = filesBeneath(folder).filter((path) => !known.has(path));
  return [...compared, ...others.map((path) => ({ path, state: 'left over' as const }))];
}

function stateOf(path: string, text: string): State {
  if (!existsSync(path)) return 'missing';
  return reading(path, () => readFileSync(path)).equals(Buffer.from(text)) ? 'same' : 'differs';
}

function filesBeneath(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = reading(folder, () => readdirSync(folder, { recursive: true, withFileTypes: true }));
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw fault('cli.file_unreadable', { message: `cannot read ${path}`, found: inWords(codeOf(error)) }, error);
  }
}

/** Writes each file whole, with its folders. @throws UpstreamError `cli.file_unwritable` */
export function place({ path, text }: PlacedFile): void {
  try {
    makeFolder(dirname(path));
  } catch (error) {
    throw fault('cli.file_unwritable', { message: `cannot write ${path}`, found: inWords(codeOf(error)) }, error);
  }
  writeWhole(path, text);
}

/** A path as it is shown, with forward slashes on every system. */
export const shownPath = (path: string, cwd: string): string => relative(cwd, path).split(sep).join('/');
