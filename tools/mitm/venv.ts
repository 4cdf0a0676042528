import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../command.ts';

const run = promisify(execFile);

const made = new Map<string, Promise<string>>();

/** The programs of a Python environment with what tools/mitm/python/<name>.txt pins; made on first use, once for all who ask. */
export function venv(name: string): Promise<string> {
  const known = made.get(name) ?? makeVenv(name);
  made.set(name, known);
  return known;
}

async function makeVenv(name: string): Promise<string> {
  const folder = join(ROOT, 'node_modules/.cache/mitm', name);
  const bin = join(folder, 'bin');
  if (existsSync(join(folder, 'installed'))) return bin;
  await run('python3', ['-m', 'venv', '--clear', folder]);
  const requirements = join(import.meta.dirname, 'python', `${name}.txt`);
  await run(join(bin, 'python'), [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--retries=2',
    '--timeout=15',
    '--require-hashes',
    '--requirement',
    requirements,
  ]);
  await mkdir(join(folder, 'installed'));
  return bin;
}
