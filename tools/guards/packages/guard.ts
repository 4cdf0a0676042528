import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { buildPackages, type Packed } from '../../build/pack.ts';
import { inStage } from '../../stage.ts';
import type { Findings, Guard } from '../guard.ts';

/** The packages are ESM only, so how CommonJS and the oldest resolution see them does not count. */
const ESM_ONLY = new Set(['node10', 'node16-cjs']);

/** What a package may hold beside its compiled sources; `assets/` and `bin/` are what the manifest lists under files. */
const BESIDE = /^(package\.json|LICENSE|README\.md|(bin|assets|schema)\/.+)$/;
const TEST = /(^|\/)(test|fixtures)\/|\.test\./;

/** What would be published: it compiles, resolves, carries types, and holds its compiled sources and nothing else. */
export const packages: Guard = {
  name: 'packages',
  unit: 'packages',
  expected: [
    'TS2322',
    '@assay/core: FILE_DOES_NOT_EXIST',
    '@assay/core: UntypedResolution',
    '@assay/core: dist/index.tsbuildinfo does not belong',
    '@assay/core: test/index.test.ts does not belong',
    '@assay/core: old/gone.js does not belong',
  ],
  inspect: async (root): Promise<Findings> =>
    await inStage(root, async (stage) => {
      const { faults, packages } = await buildPackages(stage);
      const problems = await Promise.all(packages.map((one) => problemsOf(one, stage)));
      return { problems: [...faults, ...problems.flat()], looked: packages.length };
    }),
};

async function problemsOf(packed: Packed, stage: string): Promise<string[]> {
  const tarball = await readFile(packed.tarball);
  const problems = [...strangers(packed, stage), ...(await entryProblems(tarball)), ...(await typeProblems(tarball))];
  return problems.map((problem) => `${packed.name}: ${problem}`);
}

/** Files that are neither compiled from a source that is there, nor listed as lying beside. */
function strangers({ dir, files }: Packed, stage: string): string[] {
  const belongs = (file: string) => !TEST.test(file) && (BESIDE.test(file) || hasSource(join(stage, dir), file));
  return files.filter((file) => !belongs(file)).map((file) => `${file} does not belong into the package`);
}

function hasSource(dir: string, file: string): boolean {
  const stem = /^dist\/(.+?)(\.d\.ts|\.js)(\.map)?$/.exec(file)?.[1];
  const sources = stem === undefined ? [file.replace(/^dist\//, '')] : [`${stem}.ts`, `${stem}.tsx`];
  return file.startsWith('dist/') && sources.some((source) => existsSync(join(dir, 'src', source)));
}

async function entryProblems(tarball: Uint8Array): Promise<string[]> {
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(tarball).buffer }, strict: true });
  return messages
    .filter(({ type }) => type !== 'suggestion')
    .map((message) => `${message.code} ${formatMessage(message, pkg, { color: false }) ?? ''}`);
}

async function typeProblems(tarball: Uint8Array): Promise<string[]> {
  const result = await checkPackage(createPackageFromTarballData(tarball));
  if (result.types === false) return ['NoTypes the package carries no types'];
  return result.problems.filter(counts).map((problem) => `${problem.kind} ${JSON.stringify(problem)}`);
}

function counts(problem: Problem): boolean {
  return !('resolutionKind' in problem && ESM_ONLY.has(problem.resolutionKind));
}
