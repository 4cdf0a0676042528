import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A workspace's manifest, as far as the tools read it. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Exports;
}

/** An exports map, or a part of one: a target, or targets by subpath or condition. */
export type Exports = string | null | { readonly [key: string]: Exports };

/** The folders of the workspaces that have sources, relative to `root`. */
export function builtWorkspaces(root: string): string[] {
  return globSync('{packages,apps}/*/package.json', { cwd: root })
    .map((file) => dirname(file))
    .filter((dir) => globSync(`${dir}/src/**/*.ts`, { cwd: root }).length > 0)
    .sort();
}

export function readManifest(root: string, dir: string): Manifest {
  return JSON.parse(readFileSync(join(root, dir, 'package.json'), 'utf8'));
}
