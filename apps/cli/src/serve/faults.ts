import type { Config } from '@assay/server';
import { codeOf } from '../errno.ts';
import { fault } from '../reasons.ts';

const ADDRESS_FAULTS: ReadonlySet<string> = new Set(['EADDRINUSE', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN']);
const FILE_FAULTS: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
]);

/** Faults of the operating system in the words of whoever can repair them. */
export async function withPlainFaults<T>({ data }: Pick<Config, 'data'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    const isListening = error instanceof Error && 'syscall' in error && error.syscall === 'listen';
    if (ADDRESS_FAULTS.has(code) || isListening) {
      throw fault('cli.port_unavailable', { found: error instanceof Error ? error.message : code }, error);
    }
    if (!FILE_FAULTS.has(code)) throw error;
    const path = error instanceof Error && 'path' in error ? String(error.path) : data;
    throw fault('cli.data_unusable', { found: `${code} at ${path}` }, error);
  }
}
