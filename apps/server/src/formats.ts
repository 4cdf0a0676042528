import { realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError } from '@assay/core';
import { assertFormatVectors, type EvidenceFormat, formatOfModule } from '@assay/evidence';

/**
 * Loads formats of evidence of the operator's own, by role, and runs their vectors: a format that fails one is not taken, and
 * the server does not start. A module is code that runs with the rights of the server: who may write it may do what the server
 * may.
 *
 * @throws ConfigError `server.format_unreadable`, `server.format_writable_by_others`, `server.format_twice`, `port.*`
 */
export async function loadFormats(paths: readonly string[]): Promise<ReadonlyMap<string, EvidenceFormat>> {
  const formats = new Map<string, EvidenceFormat>();
  for (const path of paths) {
    const format = formatOfModule(await load(resolve(path)));
    assertFormatVectors(format);
    if (formats.has(format.role)) {
      throw new ConfigError('server.format_twice', `two modules hold a format for ${format.role}`, { found: path });
    }
    formats.set(format.role, format);
  }
  return formats;
}

async function load(path: string): Promise<unknown> {
  const file = targetOf(path);
  for (const each of new Set([file, dirname(file), dirname(path)])) assertWrittenByOwner(each);
  try {
    return await import(pathToFileURL(file).href);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** The file behind links: what stands there is what runs. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** The folder counts too: whoever may write there can put another file in its place. A sticky folder keeps others out. */
function assertWrittenByOwner(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw unreadable(path);
  const isSticky = stat.isDirectory() && (stat.mode & 0o1000) !== 0;
  if ((stat.mode & 0o022) === 0 || isSticky || process.platform === 'win32') return;
  throw new ConfigError('server.format_writable_by_others', `other users can write ${path}`, {
    expected: 'written by its owner alone',
    found: `mode ${(stat.mode & 0o777).toString(8).padStart(4, '0')}`,
    hint: `chmod go-w ${path}`,
  });
}

function unreadable(path: string, cause?: unknown): ConfigError {
  const detail = { found: path };
  return new ConfigError('server.format_unreadable', 'a module with a format cannot be loaded', detail, { cause });
}
