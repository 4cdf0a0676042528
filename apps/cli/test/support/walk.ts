import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { RunReport } from '@assay/mitm';
import { start } from './assay.ts';

export interface Walked {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** With `--json`. */
  readonly report: RunReport;
  readonly strangers: number;
}

/** `assay mitm proxy` while it runs, as the one who holds the phone sees it. */
export interface Walk {
  readonly proxy: number;
  /** Address of the setup page. */
  readonly setup: string;
  say(word: string): void;
  /** As Ctrl-C does where no terminal takes keys. */
  interrupt(): void;
  /** Ends stdin, as a script does that has nothing more to say. */
  hangUp(): void;
  ended(): Promise<Walked>;
}

/** Runs it, and does what `act` says at each case that is shown. */
export async function startWalk(
  folder: string,
  args: readonly string[],
  act: (id: string, walk: Walk) => void | Promise<void>,
): Promise<Walk> {
  const child = start(folder, ['mitm', 'proxy', '--json', ...args]);
  const exit = once(child, 'exit');
  const stdout = text(child.stdout);
  let [stderr, proxy, setup] = ['', 0, ''];
  child.stdin.on('error', () => {});
  const walk: Walk = {
    get proxy() {
      return proxy;
    },
    get setup() {
      return setup;
    },
    say: (word) => void child.stdin.write(`${word}\n`),
    interrupt: () => void child.kill('SIGINT'),
    hangUp: () => void child.stdin.end(),
    async ended() {
      const [code] = await exit;
      const out = await stdout;
      assert.ok(out.startsWith('{'), stderr);
      return { code, stdout: out, stderr, ...JSON.parse(out) };
    },
  };
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      stderr += `${line}\n`;
      proxy = Number(/^proxy +\S*:(\d+)$/.exec(line)?.[1] ?? proxy);
      setup = /^setup page +(\S+)/.exec(line)?.[1] ?? setup;
      if (line.startsWith('keys ')) resolve();
      const id = /^case \d+ of \d+ {2}(\S+)/.exec(line)?.[1];
      if (id !== undefined) void act(id, walk);
    });
    child.once('exit', () => reject(new Error(stderr)));
  });
  await ready;
  return walk;
}
