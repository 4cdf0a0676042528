#!/usr/bin/env node
// Plain JavaScript for Node 20: finds a Node that can run Assay and hands over to it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = [22, 18];
const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, '../src/main.ts');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const fits = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
const fromSource = existsSync(source);
const hasCondition = process.execArgv.some((flag) => flag.includes('@assay/source'));

if (fits && (!fromSource || hasCondition)) {
  // Compiled once, in the checkout: a folder that other users could write to would be a way to run code as this one.
  if (fromSource) module.enableCompileCache?.(join(here, '../../../node_modules/.cache/compiled'));
  const { main } = await import(fromSource ? '../src/main.ts' : '../dist/main.js');
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.exitCode = await handOver();
}

/** Runs this file again under a fitting Node, with the flag that source needs; says plainly when there is none. */
function handOver() {
  const packaged = join(here, '../../../node_modules/.bin/node');
  const node = fits ? process.execPath : existsSync(packaged) ? packaged : undefined;
  if (node === undefined || process.env.ASSAY_REEXEC === String(process.ppid)) {
    process.stderr.write(
      `assay: needs Node ${NEEDED.join('.')} or newer, this is ${process.versions.node}. Install a newer Node, or run \`npm install\` in the checkout, which brings one.\n`,
    );
    return 5;
  }
  const flags = ['--max-semi-space-size=8', ...(fromSource ? ['--conditions=@assay/source'] : [])]; // as tools/bootstrap/main.mjs
  const child = spawn(node, [...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ASSAY_REEXEC: String(process.pid) }, // whose end is the child's, too: src/mitm/orphan.ts
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', () => resolve(3));
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}
