import { existsSync, globSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ROOT } from './command.ts';

/** Settings of the tools: a fixture is judged by the very files that judge the tree. */
const SETTINGS = [
  '.dependency-cruiser.mjs',
  '.gitignore',
  'biome.json',
  'knip.json',
  'tsconfig.base.json',
  'tsconfig.check.json',
];

/** Copies `source` to a folder outside the repository, lets `use` work there, and removes it again. */
export async function inStage<T>(source: string, use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-stage-'));
  try {
    await cp(source, dir, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
    for (const file of SETTINGS.filter((name) => !existsSync(join(dir, name)))) {
      await cp(join(ROOT, file), join(dir, file));
    }
    await linkDependencies(dir);
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const LEFT_OUT = new Set(['.git', '.assay', 'node_modules', 'dist', 'coverage']);

/** Third-party packages come from the repository, workspaces from the stage itself. */
async function linkDependencies(dir: string): Promise<void> {
  const modules = join(dir, 'node_modules');
  await mkdir(join(modules, '@assay'), { recursive: true });
  const installed = await readdir(join(ROOT, 'node_modules'));
  await Promise.all(
    installed
      .filter((name) => name !== '@assay' && !name.startsWith('.'))
      .map((name) => symlink(join(ROOT, 'node_modules', name), join(modules, name))),
  );
  for (const path of globSync('{packages,apps}/*', { cwd: dir })) {
    await symlink(join(dir, path), join(modules, '@assay', basename(path)));
    const own = join(ROOT, path, 'node_modules');
    if (existsSync(own)) await symlink(own, join(dir, path, 'node_modules'));
  }
}
