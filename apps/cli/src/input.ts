import { readFileSync, statSync } from 'node:fs';
import { UpstreamError } from '@assay/core';

const MAX_BYTES = 4 << 20;

const REASON: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read by this user',
  EISDIR: 'it is a folder',
};

/**
 * Reads a file that a person named.
 *
 * @throws UpstreamError `cli.file_unreadable`, which names the file and the reason
 */
export function readInput(path: string): Uint8Array {
  try {
    if (statSync(path).size > MAX_BYTES) throw unreadable(path, `it is larger than ${MAX_BYTES} bytes`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw unreadable(path, REASON[code] ?? code, error);
  }
}

export function readText(path: string): string {
  return new TextDecoder().decode(readInput(path));
}

function unreadable(path: string, found: string, cause?: unknown): UpstreamError {
  return new UpstreamError('cli.file_unreadable', `cannot read ${path}`, false, { found }, { cause });
}
