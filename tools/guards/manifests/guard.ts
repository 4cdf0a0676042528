import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Findings, Guard } from '../guard.ts';

type Specs = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies?: Specs;
  readonly devDependencies?: Specs;
  readonly optionalDependencies?: Specs;
  readonly peerDependencies?: Specs;
}

interface Lock {
  readonly packages: Readonly<Record<string, Manifest>>;
}

interface Project {
  readonly references?: readonly { readonly path: string }[];
}

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

/**
 * What several files say of one thing must agree. npm installs a changed dependency without a word when the lock still
 * has the old one, and the compiler builds packages in the order of their references.
 */
export const manifests: Guard = {
  name: 'manifests',
  unit: 'manifests',
  expected: [
    'packages/core/package.json: devDependencies differ',
    'packages/formats/package.json: is not in package-lock.json',
    'packages/x509/src/tsconfig.json: references must be ["../../../packages/core/src"]',
  ],
  inspect: async (root): Promise<Findings> => {
    const workspaces = globSync('{packages,apps}/*/package.json', { cwd: root })
      .map((file) => file.slice(0, -'/package.json'.length))
      .sort();
    const built = workspaces.filter((dir) => globSync(`${dir}/src/**/*.ts`, { cwd: root }).length > 0);
    return {
      problems: [
        ...['', ...workspaces].flatMap((dir) => lockProblems(root, dir)),
        ...built.flatMap((dir) => referenceProblems(root, dir)),
      ],
      looked: workspaces.length + 1,
    };
  },
};

/** The lock keeps a copy of every workspace's specs. */
function lockProblems(root: string, dir: string): string[] {
  const lock: Lock = read(root, 'package-lock.json');
  const file = join(dir, 'package.json');
  const locked = lock.packages[dir];
  if (locked === undefined) return [`${file}: is not in package-lock.json; run \`npm install\``];
  const manifest: Manifest = read(root, file);
  return GROUPS.filter((group) => !sameSpecs(manifest[group], locked[group])).map(
    (group) => `${file}: ${group} differ from package-lock.json; run \`npm install\``,
  );
}

function sameSpecs(one: Specs = {}, other: Specs = {}): boolean {
  const text = (specs: Specs) => JSON.stringify(Object.entries(specs).sort());
  return text(one) === text(other);
}

/** A project references exactly the workspaces that its package depends on. */
function referenceProblems(root: string, dir: string): string[] {
  const { dependencies = {} }: Manifest = read(root, `${dir}/package.json`);
  const own = Object.keys(dependencies).filter((name) => name.startsWith('@assay/'));
  return differing(
    root,
    `${dir}/src/tsconfig.json`,
    own.map((name) => pathTo(root, basename(name))),
  );
}

function pathTo(root: string, name: string): string {
  return existsSync(join(root, 'apps', name)) ? `../../../apps/${name}/src` : `../../../packages/${name}/src`;
}

function differing(root: string, file: string, expected: readonly string[]): string[] {
  const { references = [] }: Project = existsSync(join(root, file)) ? read(root, file) : {};
  const found = references.map(({ path }) => path).sort();
  const wanted = [...expected].sort();
  return JSON.stringify(found) === JSON.stringify(wanted)
    ? []
    : [`${file}: references must be ${JSON.stringify(wanted)}`];
}

function read<T>(root: string, file: string): T {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}
