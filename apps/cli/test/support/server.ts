import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { start } from './assay.ts';

export interface RunningServer {
  readonly publicUrl: string;
  readonly operatorUrl: string;
  /** Lines of talk so far. */
  readonly talk: string[];
  hangUp(): void;
  /** Asks it to stop; its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `assay serve` on ports of the system's choice and waits until it listens. */
export async function startServer(folder: string, args: readonly string[] = []): Promise<RunningServer> {
  const child = start(folder, [
    ...['serve', '--origin', 'http://127.0.0.1', '--listen', '127.0.0.1:0', '--admin-listen', '127.0.0.1:0'],
    ...['--environment', 'main/dev:development', '--log-level', 'silent', ...args],
  ]);
  const exit = once(child, 'exit');
  const talk: string[] = [];
  const urls = new Promise<readonly [string, string]>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      talk.push(line);
      const [apps, operators] = [listenerIn(talk), urlIn(talk, 'operators call')];
      if (apps !== undefined && operators !== undefined) resolve([apps, operators]);
    });
    child.once('exit', () => reject(new Error(`the server ended: ${talk.join('\n')}`)));
  });
  const [publicUrl, operatorUrl] = await urls;
  return {
    ...{ publicUrl, operatorUrl, talk },
    hangUp: () => child.kill('SIGHUP'),
    async stop() {
      child.kill('SIGTERM');
      const [code] = await exit;
      return code;
    },
  };
}

function listenerIn(talk: readonly string[]): string | undefined {
  const [, host, transport = ''] = talk.join('\n').match(/listens on +(\S+) \((.*)\)/) ?? [];
  return host === undefined ? undefined : `${transport === 'TLS' ? 'https' : 'http'}://${host}`;
}

function urlIn(talk: readonly string[], name: string): string | undefined {
  return talk.find((line) => line.includes(name))?.match(/https?:\S+/)?.[0];
}
