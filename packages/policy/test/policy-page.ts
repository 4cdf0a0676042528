import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE_DEVICES, FACT_PATHS, FACTS, POLICY_REASONS } from '@assay/policy';
import { celTypeOf, LIMITS, SETTINGS } from '../src/cel/environment.ts';
import { FUNCTIONS } from '../src/cel/functions.ts';

/** The page of the language; its tables are made out of those of the code. */
export const POLICY_PAGE: string = join(import.meta.dirname, '../../../docs/policy.md');

const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), `|${head.map(() => '---').join('|')}|`, ...rows].join('\n');

/** Blocks of the page by the name in their markers. */
const BLOCKS: Readonly<Record<string, () => string>> = {
  facts: () =>
    table(['fact', 'type', 'what it says', 'proven by', 'claimed by'], FACT_PATHS.filter(isNoThreat).map(factRow)),
  variables: () =>
    table(
      ['variable', 'type', 'what it says'],
      Object.entries(SETTINGS).map(([name, { type, description }]) => row(`\`${name}\``, `\`${type}\``, description)),
    ),
  functions: () =>
    table(
      ['function', 'what it gives'],
      Object.values(FUNCTIONS).map(({ signature, description }) => row(`\`${signature}\``, description)),
    ),
  limits: () =>
    table(
      ['limit', 'value'],
      Object.entries(LIMITS).map(([name, value]) => row(`\`${name}\``, String(value))),
    ),
  devices: () =>
    table(
      ['device', 'evidence'],
      Object.entries(EXAMPLE_DEVICES).map(([name, { evidence }]) => row(`\`${name}\``, evidence.join(', ') || 'none')),
    ),
  codes: () =>
    table(
      ['code', 'a device is told', 'meaning'],
      Object.values(POLICY_REASONS)
        .filter(({ family }) => family === 'policy')
        .map(({ code, class: kind, action, summary }) => row(`\`${code}\``, `${kind}, ${action}`, summary)),
    ),
};

const isNoThreat = (path: string): boolean => !path.startsWith('threats.');

function factRow(path: (typeof FACT_PATHS)[number]): string {
  const { values, description, sources } = FACTS[path];
  const by = (known: string): string => {
    const formats = Object.entries(sources).filter(([, how]) => how === known);
    return formats.map(([format]) => format).join(', ');
  };
  const type = values === undefined ? `\`${celTypeOf(path)}\`` : `\`${celTypeOf(path)}\`: ${values.join(', ')}`;
  return row(`\`${path}\``, type, description, by('proven'), by('claimed'));
}

/** The page with every block as the code has it. */
export function renderPolicyPage(page: string): string {
  return Object.entries(BLOCKS).reduce((text, [name, render]) => {
    const [start, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < 0) throw new Error(`the page has no block ${name}`);
    return text.slice(0, from + start.length) + render() + text.slice(to);
  }, page);
}

if (import.meta.main) writeFileSync(POLICY_PAGE, renderPolicyPage(readFileSync(POLICY_PAGE, 'utf8')));
