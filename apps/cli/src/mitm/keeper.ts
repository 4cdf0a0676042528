import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unwritable } from '../files.ts';
import { endGroup, endMarked } from './groups.ts';

/** Sees to it that a run leaves nothing behind, whichever way it ends. */
export interface Keeper {
  /** Readable by this user alone; gone after the run. Holds what clients are handed, never a private key. */
  readonly folder: string;
  /** Writes a file of the folder; its path. @throws UpstreamError `cli.file_unwritable` */
  write(name: string, content: string): string;
  /** A client's process group: ended with the run. */
  adopt(group: number): void;
  /** Ends a client's process group, now. */
  end(group: number): void;
  /** Ends everything that is left, and removes the folder. */
  close(): Promise<void>;
}

const WATCHDOG = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './watchdog.ts' : './watchdog.js', import.meta.url),
);

/** @throws UpstreamError `cli.file_unwritable` */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    throw unwritable(tmpdir(), error);
  }
}

/** `mark` is in the environment of every client, and of nothing else. */
export function openKeeper(mark: string): Keeper {
  const folder = join(tmpdir(), `assay-mitm-${randomBytes(8).toString('hex')}`);
  const watchdog = spawn(process.execPath, [WATCHDOG, folder, mark], {
    ...{ detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: {} },
  });
  const gone = once(watchdog, 'exit').catch(() => {}); // one that could not start has nothing to end
  const { stdin } = watchdog;
  stdin.on('error', () => {});
  watchdog.unref();
  try {
    // When there is somebody to remove it: a run may be killed at any moment.
    makeFolder(folder);
  } catch (error) {
    stdin.end();
    throw error;
  }
  const groups = new Set<number>();
  return {
    folder,
    write(name, content) {
      const path = join(folder, name);
      try {
        writeFileSync(path, content, { mode: 0o600 });
      } catch (error) {
        throw unwritable(path, error);
      }
      return path;
    },
    adopt(group) {
      groups.add(group);
      stdin.write(`+${group}\n`);
    },
    end(group) {
      endGroup(group);
      if (groups.delete(group)) stdin.write(`-${group}\n`);
    },
    async close() {
      for (const group of groups) endGroup(group);
      endMarked(mark);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
      watchdog.ref();
      stdin.end();
      await gone;
    },
  };
}
