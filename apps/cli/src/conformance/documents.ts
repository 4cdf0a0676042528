import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ConfigError } from '@assay/core';

/** A JSON document of the folder, with where it lies. */
export interface VectorDocument {
  /** Path below the folder, with forward slashes. */
  readonly path: string;
  readonly dir: string;
  readonly value: Readonly<Record<string, unknown>>;
}

const MAX_FILES = 20_000;

/**
 * Every JSON object below a folder, in the order of paths.
 *
 * @throws ConfigError `cli.folder_unreadable`
 */
export function readDocuments(root: string): readonly VectorDocument[] {
  return filesBelow(root)
    .filter((path) => path.endsWith('.json'))
    .flatMap((path) => documentOf(root, path));
}

/** Paths of all files below a folder. */
export function filesBelow(root: string): readonly string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(root, { recursive: true, withFileTypes: true });
  } catch (cause) {
    throw new ConfigError('cli.folder_unreadable', `cannot read the folder ${root}`, {}, { cause });
  }
  if (entries.length > MAX_FILES) {
    throw new ConfigError('cli.folder_unreadable', `the folder ${root} holds more than ${MAX_FILES} files`);
  }
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function documentOf(root: string, path: string): VectorDocument[] {
  const value: unknown = parseOrNothing(readFileSync(path, 'utf8'));
  if (!isObject(value)) return [];
  return [{ path: relative(root, path).replaceAll('\\', '/'), dir: join(path, '..'), value }];
}

/** Files that are no JSON are no vectors; a broken vector shows as a missing set. */
function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a list that are objects. */
export function objectsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
