import { type Dirent, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { codeOf } from '../errno.ts';
import { readText } from '../input.ts';
import { fault } from '../reasons.ts';

/** A JSON document of the folder, with where it lies. */
export interface VectorDocument {
  /** Path below the folder, with forward slashes. */
  readonly path: string;
  readonly dir: string;
  readonly value: Readonly<Record<string, unknown>>;
}

const MAX_FILES = 20_000;
/** The whole of a large suite in one file. */
const MAX_BYTES = 128 << 20;
const MAX_DEPTH = 64;

/**
 * Every JSON object below a folder, in the order of paths.
 *
 * @throws RequestError `cli.folder_unreadable`; UpstreamError `cli.file_unreadable`
 */
export function readDocuments(root: string): readonly VectorDocument[] {
  return filesBelow(root)
    .filter((path) => path.endsWith('.json'))
    .flatMap((path) => documentOf(root, path));
}

/** Paths of all files below a folder. */
function filesBelow(root: string): readonly string[] {
  return entriesBelow(root)
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function entriesBelow(root: string): readonly Dirent[] {
  try {
    const entries = readdirSync(root, { recursive: true, withFileTypes: true });
    if (entries.length <= MAX_FILES) return entries;
  } catch (cause) {
    throw fault('cli.folder_unreadable', { message: `cannot read the folder ${root}`, found: codeOf(cause) }, cause);
  }
  throw fault('cli.folder_unreadable', {
    message: `cannot read the folder ${root}`,
    expected: `${MAX_FILES} files at most`,
  });
}

function documentOf(root: string, path: string): VectorDocument[] {
  const value: unknown = parseOrNothing(readText(path, MAX_BYTES));
  if (!isObject(value)) return [];
  return [{ path: relative(root, path).replaceAll('\\', '/'), dir: join(path, '..'), value }];
}

/** Files that are no JSON are no vectors; a broken vector shows as a missing set. */
function parseOrNothing(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isShallow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Everything after this walks documents by recursion; what is nested for its own sake stays outside. */
function isShallow(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return level.length === 0;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a list that are objects. */
export function objectsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
