import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Each folder that npm installs into: what the person at the terminal is told, and a script to run in it afterwards. */
const TREES = {
  root: { dir: '.', label: 'dependencies' },
  weights: { dir: 'tools/weights', label: 'what only tests need (PostgreSQL, a browser)', after: 'hydrate.mjs' },
  peers: { dir: 'bench/peers', label: 'the libraries that the benchmarks compare with' },
};

/** The trees that a task's row names, with absolute folders. */
export function treesFor(names, root = ROOT) {
  return names.map((name) => ({ ...TREES[name], name, dir: join(root, TREES[name].dir) }));
}

/** The files that decide what belongs in a tree's node_modules: its lock and every package.json, in a fixed order. */
export function filesOf(dir) {
  const { workspaces = [] } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
  const manifests = workspaces.flatMap((pattern) => manifestsOf(dir, pattern)).sort();
  return ['package-lock.json', 'package.json', ...manifests];
}

/** `packages/*` is the one form of pattern that the root uses; anything else is refused rather than overlooked. */
function manifestsOf(dir, pattern) {
  const folder = /^([\w-]+)\/\*$/.exec(pattern)?.[1];
  if (folder === undefined) throw new Error(`workspace pattern ${pattern}: only "folder/*" is understood here`);
  return readdirSync(join(dir, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${folder}/${entry.name}/package.json`);
}
