import { cpus } from 'node:os';
import type { Bench, Row } from './row.ts';

/** Every benchmark, in the order of the report; a name on the command line runs only those whose name holds it. */
const BENCHES: readonly { readonly name: string; readonly load: () => Promise<Bench> }[] = [
  { name: 'evidence', load: async () => (await import('./rows/evidence.ts')).bench },
  { name: 'tokens', load: async () => (await import('./rows/tokens.ts')).bench },
  { name: 'pins', load: async () => (await import('./rows/pins.ts')).bench },
  { name: 'pins-lint', load: async () => (await import('./rows/pins-lint.ts')).bench },
  { name: 'policy', load: async () => (await import('./rows/policy.ts')).bench },
  { name: 'mitm', load: async () => (await import('./rows/mitm.ts')).bench },
  { name: 'mitm-run', load: async () => (await import('./rows/mitm-run.ts')).bench },
  { name: 'process', load: async () => (await import('./rows/process.ts')).bench },
  { name: 'middleware', load: async () => (await import('./rows/middleware.ts')).bench },
  { name: 'server', load: async () => (await import('./rows/server.ts')).bench },
  { name: 'overload', load: async () => (await import('./rows/overload.ts')).bench },
];

const MARK = { true: 'holds', false: 'BELOW', undefined: '' };

async function main(filters: readonly string[]): Promise<void> {
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
  const chosen = BENCHES.filter(({ name }) => filters.length === 0 || filters.some((filter) => name.includes(filter)));
  let below = 0;
  for (const { name, load } of chosen) {
    console.log(`\n${name}`);
    for (const row of await (await load())()) {
      show(row);
      if (row.holds === false) below += 1;
    }
  }
  console.log(`\n${below === 0 ? 'every bar holds' : `${below} below their bar`}`);
}

function show({ name, found, bar, holds }: Row): void {
  console.log(`  ${String(MARK[`${holds}`]).padEnd(6)} ${name.padEnd(52)} ${found.padEnd(44)} ${bar ?? ''}`);
}

await main(process.argv.slice(2));
