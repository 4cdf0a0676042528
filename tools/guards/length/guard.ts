import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Findings, Guard } from '../guard.ts';

const CODE = '{packages,apps,tools,bench}/**/*.{ts,tsx,mjs,js}';
const MOST_LINES = 300;
/** Tables of cases may be longer: they are looked things up in, not read through. */
const MOST_TEST_LINES = 500;
const IS_TEST = /(^|\/)test\//;
const NOT_OURS = /(^|\/)(node_modules|dist|fixtures)\//;

/** No file that a reader cannot hold in one go. */
export const length: Guard = {
  name: 'length',
  unit: 'files',
  expected: ['packages/core/src/long.ts: 301 lines'],
  inspect: async (root): Promise<Findings> => {
    const files = globSync(CODE, { cwd: root }).filter((file) => !NOT_OURS.test(file));
    const lengths = files.map((file) => ({ file, lines: countLines(join(root, file)) }));
    const long = lengths.filter(({ file, lines }) => lines > mostOf(file));
    return {
      problems: long.map(({ file, lines }) => `${file}: ${lines} lines, at most ${mostOf(file)}`),
      looked: files.length,
    };
  },
};

const mostOf = (file: string): number => (IS_TEST.test(file) ? MOST_TEST_LINES : MOST_LINES);

function countLines(path: string): number {
  return readFileSync(path, 'utf8').trimEnd().split('\n').length;
}
