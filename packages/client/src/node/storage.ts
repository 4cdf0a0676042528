import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toHex, utf8 } from '@assay/formats';
import type { SecureStorage } from '../ports.ts';

/** Storage that ends with the process. */
export function createMemoryStorage(): SecureStorage {
  const values = new Map<string, string>();
  return {
    get: async (name) => values.get(name),
    set: async (name, value) => {
      values.set(name, value);
    },
  };
}

/** One file for each name in an existing folder, readable by its owner only. A write is whole or has not happened. */
export function createFileStorage(folder: string): SecureStorage {
  const fileOf = (name: string): string => join(folder, `${toHex(utf8(name))}.json`);
  return {
    get: (name) => readIfThere(fileOf(name)),
    set: async (name, value) => {
      const draft = `${fileOf(name)}.${randomUUID()}`;
      await writeFile(draft, value, { mode: 0o600 });
      await rename(draft, fileOf(name));
    },
  };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
