import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { textOf, type Values } from '../command.ts';
import { readText } from '../input.ts';

const MAX_BYTES = 4096;

/**
 * The passphrase of `--passphrase-file`, without one line feed at its end. It is never an argument, where every process of
 * the machine could read it.
 */
export function passphraseOf(values: Values): string | undefined {
  const path = textOf(values, 'passphrase-file');
  return path === undefined ? undefined : readText(path, MAX_BYTES).replace(/\r?\n$/, '');
}

/** Asks at the terminal, without showing what is typed; undefined where nobody sits at one. */
export async function askPassphrase(name: string): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  process.stderr.write(`passphrase of ${name}: `);
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: mute, terminal: true });
  try {
    return await new Promise<string>((resolve) => lines.question('', resolve));
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
