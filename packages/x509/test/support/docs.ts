import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = join(import.meta.dirname, '../..');

/** A line of a table of `docs/verification/`: what does which check, where, with which codes and vectors. */
export interface DocRow {
  readonly line: string;
  readonly name: string;
  readonly file: string;
  readonly codes: readonly string[];
  readonly labels: readonly string[];
}

const LABEL = /^(own|real|entry-types): /;

/** The rows whose cells name a function, a file below `folder`, and codes. */
export function readDoc(page: string, folder: string): readonly DocRow[] {
  const text = readFileSync(join(PACKAGE, '../../docs/verification', page), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.startsWith('|') && line.includes(`| \`${folder}/`))
    .map(readRow);
}

function readRow(line: string): DocRow {
  const quoted = [...line.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
  const [name = '', file = '', ...others] = quoted;
  const labels = others.filter((text) => LABEL.test(text));
  return { line, name, file, codes: others.filter((text) => !LABEL.test(text)), labels };
}

/** What is wrong about a row; empty when its function is in the file, and the file has a test of its own. */
export function faultsOf({ name, file, codes }: DocRow): readonly string[] {
  const source = readFileSync(join(PACKAGE, 'src', file), 'utf8');
  return [
    ...(new RegExp(`^(export )?function ${name}\\b`, 'm').test(source) ? [] : [`${file} has no function ${name}`]),
    ...(existsSync(join(PACKAGE, 'test', file.replace(/\.ts$/, '.test.ts'))) ? [] : [`${file} has no test`]),
    ...(codes.length > 0 ? [] : [`${name} has no code`]),
  ];
}
