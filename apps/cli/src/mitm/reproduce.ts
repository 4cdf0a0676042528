import type { Case } from '@assay/mitm';
import type { Values } from '../command.ts';

/** What chooses cases and writes reports has no place in the run of one case. */
const LEFT_OUT: ReadonlySet<string> = new Set(['only', 'except', 'json', 'report', 'baseline', 'jobs']);

/** Shell words that run one case as this command line does. Secrets are not among them: no option holds one. */
export function reproducer(values: Values): (item: Case) => string {
  const words = Object.entries(values).flatMap(([name, value]) => (LEFT_OUT.has(name) ? [] : wordsOf(name, value)));
  return ({ id }) => ['assay mitm run', ...words, `--only ${id}`].join(' ');
}

function wordsOf(name: string, value: Values[string]): readonly string[] {
  if (value === true) return [`--${name}`];
  const texts = [value].flat().filter((each) => typeof each === 'string');
  return texts.map((text) => `--${name}${text.startsWith('-') ? '=' : ' '}${quoted(text)}`);
}

const quoted = (text: string): string => (/^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
