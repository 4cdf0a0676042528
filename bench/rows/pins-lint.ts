import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { lint, RULES, readDocuments } from '@assay/pin-configs';
import { vectorsDir } from '../../tools/vectors.ts';
import { median } from '../measure.ts';
import { largeApk } from '../parts/large-apk.ts';
import { mobsfscan } from '../parts/mobsfscan.ts';
import { type Spent, timed } from '../parts/timed.ts';
import { atLeast, atMost, notMeasured, type Row } from '../row.ts';

const CLI = join(import.meta.dirname, '../../apps/cli/bin/assay.js');
const TIMES = 50;
const NOW = Date.parse('2026-11-21T00:00:00Z');

interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The linter over real configurations, by itself and as a command, and the audit of a large app. */
export async function bench(): Promise<readonly Row[]> {
  const dir = vectorsDir();
  const corpus = dir === undefined ? undefined : join(dir, 'pinning-configs');
  const rows =
    corpus === undefined ? [notMeasured('pins lint', 'no shared vectors beside this checkout')] : corpusRows(corpus);
  return [...rows, ...auditRows()];
}

function corpusRows(corpus: string): readonly Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const files = copies(corpus, folder);
    const ours = files.length / secondsToLint(files);
    const theirs = mobsfscan(folder);
    const once = median(Array.from({ length: 5 }, () => runCli(['pins', 'lint', corpus]).ms));
    return [
      {
        name: `pins lint, corpus × ${TIMES} in process`,
        found: `${Math.round(ours)} files/s`,
        bar: '≥ 500 files/s',
        holds: ours >= 500,
      },
      theirs === undefined
        ? notMeasured('pins lint, against mobsfscan per file', 'no Python with pip, or PyPI out of reach')
        : atLeast(
            'pins lint, against mobsfscan per file',
            (ours * theirs.seconds) / files.length,
            20,
            `theirs ${Math.round(files.length / theirs.seconds)} files/s`,
          ),
      atMost('assay pins lint, corpus once, CPU time', once, 1_500, 'ms'),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every file of the corpus, many times, on disk for theirs and in memory for ours. */
function copies(corpus: string, folder: string): readonly SourceFile[] {
  const names = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:xml|plist|json)$/.test(name),
  );
  return Array.from({ length: TIMES }, (_, index) => index).flatMap((index) =>
    names.map((name) => {
      const path = join(folder, String(index), name);
      const bytes = readFileSync(join(corpus, name));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
      return { path: relative(folder, path), bytes };
    }),
  );
}

/** From bytes to findings, all of it in one project; CPU time, the first run warms up. */
function secondsToLint(files: readonly SourceFile[]): number {
  const seconds = Array.from({ length: 4 }, () => {
    const before = process.cpuUsage();
    const documents = files.flatMap(({ path, bytes }) => readDocuments(path, bytes));
    lint({ documents, now: NOW, expiryLeadDays: 90 }, { rules: RULES });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  return Math.min(...seconds.slice(1));
}

function auditRows(): readonly Row[] {
  const path = largeApk();
  if (path === undefined) return [notMeasured('assay app audit', 'no genuine app: node tools/artefacts/fetch.mjs')];
  const runs = Array.from({ length: 3 }, () => runCli(['app', 'audit', path]));
  const peaks = runs.map(({ peakMb }) => peakMb);
  return [
    atMost('assay app audit, an APK of 100 MB, CPU time', median(runs.map(({ ms }) => ms)), 3_000, 'ms'),
    atMost('assay app audit, peak memory', Math.max(...peaks), 500, 'MB'),
  ];
}

/** A whole process: CPU time of all its threads, and peak memory. */
function runCli(args: readonly string[]): Spent {
  const { status, stderr, ...spent } = timed([process.execPath, '--conditions=@assay/source', CLI, ...args]);
  if (status === 0 || status === 1) return spent;
  throw new Error(`assay ${args.join(' ')} ended with ${status}: ${stderr}`);
}
