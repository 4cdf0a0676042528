import { closeSync, openSync, readSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { ConfigError, RequestError, UpstreamError } from '@assay/core';
import { decodeUtf8 } from '@assay/formats';
import type { World } from './command.ts';
import { codeOf, inWords } from './errno.ts';
import { fault } from './reasons.ts';

const MAX_BYTES = 4 << 20;

/**
 * Reads a file that a person named; a pipe or device too, but never more than `maxBytes` of it.
 *
 * @throws UpstreamError `cli.file_unreadable`, which names the file and the reason
 */
export function readInput(path: string, maxBytes = MAX_BYTES): Uint8Array {
  try {
    const file = openSync(path, 'r');
    try {
      return readWhole(file, path, maxBytes);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    const code = codeOf(error);
    throw fault('cli.file_unreadable', { message: `cannot read ${path}`, found: inWords(code) }, error);
  }
}

function readWhole(file: number, path: string, maxBytes: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let total = 0; ; ) {
    const part = new Uint8Array(1 << 16);
    const count = readSync(file, part);
    if (count === 0) return Buffer.concat(parts);
    total += count;
    if (total > maxBytes) throw tooLarge(path, maxBytes);
    parts.push(part.subarray(0, count));
  }
}

function tooLarge(path: string, maxBytes: number): Error {
  return fault('cli.file_unreadable', { message: `cannot read ${path}`, found: `it is larger than ${maxBytes} bytes` });
}

/**
 * Reads the content of a file with a reader that knows no names: its refusals get the name, and a next step where they have
 * none. Family and code stay as they are.
 */
export function naming<T>(path: string, hint: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RequestError || error instanceof ConfigError)) throw error;
    const Family = error instanceof RequestError ? RequestError : ConfigError;
    throw new Family(error.code, `${path}: ${error.message}`, { hint, ...error.detail }, { cause: error });
  }
}

/** @throws UpstreamError `cli.file_unreadable`; FormatError for bytes that are no UTF-8 */
export function readText(path: string, maxBytes = MAX_BYTES): string {
  return decodeUtf8(readInput(path, maxBytes), 'json.not_utf8');
}

/** Text of a file that a document names: only from the document's own folder or below it. */
export function readBeside(folder: string, name: string): string {
  const path = resolve(folder, name);
  const below = relative(folder, path);
  if (below === '' || isAbsolute(below) || below.split(/[\\/]/)[0] === '..') throw fault('cli.file_refused', {});
  return readText(path);
}

/** All of stdin. @throws UpstreamError `cli.file_unreadable` when it is larger than `maxBytes` */
export async function readStdin({ stdin }: Pick<World, 'stdin'>, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of stdin) {
    const bytes = Buffer.from(part);
    total += bytes.length;
    if (total > maxBytes) throw tooLarge('stdin', maxBytes);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
