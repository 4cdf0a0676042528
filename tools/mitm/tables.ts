import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Table } from './table.ts';

const TABLES = join(import.meta.dirname, 'tables');

const pathOf = (client: string): string => join(TABLES, `${client}.json`);

/** The table that was written down for a client; undefined for one that was never recorded. */
export function readTable(client: string): Table | undefined {
  const path = pathOf(client);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** One case a line, so that a change of one case is a change of one line. */
export function writeTable({ cases, ...about }: Table): void {
  const rows = Object.entries(cases).map(([id, { standing, outcome }]) => {
    const said = outcome === undefined ? '' : `, "outcome": ${JSON.stringify(outcome)}`;
    return `    ${JSON.stringify(id)}: { "standing": ${JSON.stringify(standing)}${said} }`;
  });
  const head = Object.entries(about).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  writeFileSync(pathOf(about.client), `{\n${[...head, `  "cases": {\n${rows.join(',\n')}\n  }`].join(',\n')}\n}\n`);
}
