import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What to run, and as whom. */
export interface ServerCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: { readonly cwd: string; readonly uid?: number; readonly gid?: number };
}

const READY = 'database system is ready to accept connections';

/** Starts the server and resolves once it takes connections; rejects with what it said when it ends before that. */
export async function startServer({ file, args, options }: ServerCommand): Promise<ChildProcess> {
  const server = spawn(file, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  const lines = createInterface({ input: server.stderr });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${said.join('\n')}`)));
    lines.on('line', (line) => {
      if (line.includes(READY)) resolve();
      else said.push(line);
    });
  });
  lines.removeAllListeners('line');
  // Keep reading: a full pipe would stop the server.
  lines.on('line', () => {});
  server.unref();
  return server;
}

/** Ends the server at once, as a power cut would, and waits until the process is gone. */
export async function killServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGKILL');
  await gone;
}
