import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';

/**
 * The folder of shared test vectors: `ASSAY_VECTORS`, else `../shared/vectors` beside the checkout.
 * Undefined where it is absent; with `CI` set an absent folder is an error, so that a run never passes by looking at nothing.
 */
export function vectorsDir(): string | undefined {
  const dir = process.env['ASSAY_VECTORS'] ?? resolve(import.meta.dirname, '../../shared/vectors');
  if (existsSync(join(dir, 'README.md'))) return dir;
  if (process.env['CI']) throw new Error(`test vectors expected in ${dir} (set ASSAY_VECTORS to their place)`);
  return undefined;
}

/** A suite over the shared vectors; skipped, visibly, only where the folder is absent. */
export function describeVectors(name: string, suite: (dir: string) => void): void {
  const dir = vectorsDir();
  if (dir === undefined) it(name, { skip: 'no shared vectors beside this checkout' }, () => {});
  else describe(name, () => suite(dir));
}
