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

export interface Terminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
}

/** Asks at the terminal, without showing what is typed; undefined where nobody sits at one, or whoever does ends it. */
export async function askPassphrase(name: string, { stdin, stderr }: Terminal = process): Promise<string | undefined> {
  if (stdin.isTTY !== true || stderr.isTTY !== true) return undefined;
  stderr.write(`passphrase of ${name}: `);
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: mute, terminal: true });
  try {
    return await new Promise<string | undefined>((resolve) => {
      lines.once('close', () => resolve(undefined)); // Control-C and Control-D
      lines.question('', resolve);
    });
  } finally {
    lines.close();
    stderr.write('\n');
  }
}
