import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { HOST } from './chain.ts';
import type { Listening } from './listen.ts';

export interface Exit {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whether the command is here; where it is not, the test says that it was skipped. */
export function isHere(context: TestContext, command: string, ...version: readonly string[]): boolean {
  const found = spawnSync(command, version).status === 0;
  if (!found) context.skip(`no ${command} here`);
  return found;
}

/** A PEM file that is gone when the test is over. */
export function fileOf(context: TestContext, name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'wire-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

export function run(command: string, words: readonly string[], input = ''): Promise<Exit> {
  return new Promise((resolve) => {
    const child = execFile(command, words, { timeout: 20_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      resolve({ status: typeof code === 'number' ? code : -1, stdout, stderr });
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** curl asking for `/` under the test's authority. */
export function curl(context: TestContext, { port, chain }: Listening, ...words: readonly string[]): Promise<Exit> {
  const authority = fileOf(context, 'authority.pem', chain.authorityPem);
  const fixed = ['-sS', '--cacert', authority, '--resolve', `${HOST}:${port}:127.0.0.1`];
  return run('curl', [...fixed, ...words, `https://${HOST}:${port}/`]);
}

/** `openssl s_client` that sends a request and waits for the end. */
export function sClient(context: TestContext, { port, chain }: Listening, ...words: readonly string[]): Promise<Exit> {
  const authority = fileOf(context, 'authority.pem', chain.authorityPem);
  const fixed = ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', HOST, '-CAfile', authority];
  return run('openssl', [...fixed, '-verify_return_error', '-ign_eof', ...words], 'GET / HTTP/1.1\r\n\r\n');
}
