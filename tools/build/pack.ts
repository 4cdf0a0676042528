import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npmCommand } from '../bootstrap/npm.mjs';
import { command, ROOT } from '../command.ts';
import { builtWorkspaces, type Exports, readManifest } from './workspaces.ts';

/** One packed workspace. */
export interface Packed {
  readonly name: string;
  /** The workspace, relative to the stage. */
  readonly dir: string;
  readonly tarball: string;
  /** What the tarball holds, relative to the package. */
  readonly files: readonly string[];
}

interface NpmPack {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

export interface Build {
  /** What the compiler has to say; empty when all is well. */
  readonly faults: readonly string[];
  readonly packages: readonly Packed[];
}

/**
 * Compiles and packs every workspace in a stage: a clean copy of the tree, which this changes. Working there leaves the
 * checkout alone, and output of a source that is gone cannot slip into a package: the compiler never deletes it.
 */
export async function buildPackages(stage: string): Promise<Build> {
  const dirs = builtWorkspaces(stage);
  const projects = dirs.map((dir) => `${dir}/src`);
  const { stdout } = await command('tsc', ['-b', '--pretty', 'false', ...projects], stage);
  await buildAssets(stage, dirs);
  const published = dirs.filter((dir) => readManifest(stage, dir).private !== true);
  for (const dir of published) await dress(stage, dir);
  return { faults: stdout.split('\n').filter((line) => line !== ''), packages: await pack(stage, published) };
}

/** Files that a workspace makes of its sources besides compiling them: those with a build.ts of their own. */
async function buildAssets(stage: string, dirs: readonly string[]): Promise<void> {
  for (const script of dirs.map((dir) => join(stage, dir, 'build.ts')).filter(existsSync)) {
    await promisify(execFile)(process.execPath, ['--conditions=@assay/source', script], { cwd: stage });
  }
}

/** What a published package has, and a workspace has not: the licence, and exports without the way to the sources. */
async function dress(stage: string, dir: string): Promise<void> {
  const { exports, ...manifest } = readManifest(stage, dir);
  const dressed = { ...manifest, ...(exports !== undefined && { exports: withoutSource(exports) }) };
  await writeFile(join(stage, dir, 'package.json'), `${JSON.stringify(dressed, null, 2)}\n`);
  await copyFile(join(ROOT, 'LICENSE'), join(stage, dir, 'LICENSE'));
}

function withoutSource(exports: Exports): Exports {
  if (exports === null || typeof exports === 'string') return exports;
  const kept = Object.entries(exports).filter(([key]) => key !== '@assay/source');
  return Object.fromEntries(kept.map(([key, target]) => [key, withoutSource(target)]));
}

async function pack(stage: string, dirs: readonly string[]): Promise<Packed[]> {
  const out = join(stage, 'packed');
  await mkdir(out);
  const npm = npmCommand(process.env);
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', out, ...dirs.map((dir) => `./${dir}`)];
  const options = { cwd: stage, shell: npm.shell, maxBuffer: 64 << 20 };
  const { stdout } = await promisify(execFile)(npm.file, [...npm.args, ...args], options);
  const packed: NpmPack[] = JSON.parse(stdout);
  return packed.map(({ name, filename, files }, index) => ({
    name,
    dir: dirs[index] ?? '',
    tarball: join(out, filename),
    files: files.map(({ path }) => path),
  }));
}
