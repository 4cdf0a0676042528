import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serverAccount } from './account.ts';
import { binariesFor } from './binaries.ts';
import { killServer, type ServerCommand, startServer } from './server.ts';
import type { Connection } from './testing.ts';

/** A throw-away PostgreSQL in a folder of its own; server and folder go when it is stopped, or when its owner dies. */
export interface Postgres {
  readonly connection: Connection;
  /** Ends the server as a power cut would (SIGKILL), keeping its data. */
  kill(): Promise<void>;
  /** Starts the server again on its data, after `kill`. */
  restart(): Promise<void>;
  /** Ends the server and deletes its folder. */
  stop(): Promise<void>;
}

/** `durable`: write through to the disk, as in production. Without it a crash loses data, and tests run faster. */
export interface PostgresOptions {
  readonly durable: boolean;
}

const USER = 'assay';
const INITDB = ['-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions'];
const PRIVATE = ['-c', 'listen_addresses=', '-c', 'unix_socket_permissions=0700', '-c', 'lc_messages=C'];
const VOLATILE = ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off'];

/** Starts a new server. It listens on a unix socket alone, so no port can clash and nothing is reachable by network. */
export async function startPostgres({ durable }: PostgresOptions): Promise<Postgres> {
  // A short path: a unix socket's has about 107 bytes in all.
  const dir = await mkdtemp(join(await realpath(tmpdir()), 'assay-pg-'));
  const watchdog = startWatchdog(dir);
  try {
    const command = await prepare(dir, durable);
    return lifecycle(dir, watchdog, command, await startServer(command));
  } catch (error) {
    await endOf(watchdog);
    throw error;
  }
}

async function prepare(dir: string, durable: boolean): Promise<ServerCommand> {
  const account = serverAccount();
  const binaries = await binariesFor(account, dir);
  if (account !== undefined) await chown(dir, account.uid, account.gid);
  const options = { cwd: dir, ...account };
  const data = join(dir, 'data');
  await promisify(execFile)(binaries.initdb, ['-D', data, ...INITDB], options);
  const settings = [...PRIVATE, ...(durable ? [] : VOLATILE)];
  return { file: binaries.postgres, args: ['-D', data, '-k', dir, ...settings], options };
}

function lifecycle(dir: string, watchdog: ChildProcess, command: ServerCommand, first: ChildProcess): Postgres {
  let server = first;
  return {
    connection: { host: dir, port: 5432, user: USER, template: 'template1' },
    kill: () => killServer(server),
    restart: async () => {
      server = await startServer(command);
    },
    stop: () => endOf(watchdog),
  };
}

/** The watchdog must outlive us whatever happens, so it leads a process group of its own. */
function startWatchdog(dir: string): ChildProcess {
  const script = join(import.meta.dirname, 'watchdog.ts');
  return spawn(process.execPath, [script, dir], { detached: true, stdio: ['pipe', 'ignore', 'inherit'] });
}

/** Closing its stdin is the sign to clean up; every way to the end is this one. */
async function endOf(watchdog: ChildProcess): Promise<void> {
  const gone = once(watchdog, 'exit');
  watchdog.stdin?.end();
  await gone;
}
