import { pathToFileURL } from 'node:url';
import { formatOfModule, runFormatVectors, type VectorResult } from '@assay/evidence';
import { fault } from '../reasons.ts';
import type { CaseRun, CaseSet, Found } from './run.ts';

const MODULE = /\.(?:mjs|js|mts|ts)$/;

/** Whether an operand names a module with a format of evidence, and no folder of vectors. */
export function isFormatModule(path: string): boolean {
  return MODULE.test(path);
}

/**
 * The cases of a module: its own vectors, and what no format may accept. The module runs with the rights of whoever calls.
 *
 * @throws RequestError `cli.file_unreadable`; ConfigError `port.*`
 */
export async function formatSet(path: string): Promise<CaseSet> {
  const format = formatOfModule(await load(path));
  return { name: format.role, pedantic: false, cases: runFormatVectors(format).map(toCase) };
}

async function load(path: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (cause) {
    const found = cause instanceof Error ? `${cause.name}: ${cause.message}` : 'no module';
    const hint = 'check the path and who may read it, and whether node runs the module';
    throw fault('cli.file_unreadable', { message: `${path} cannot be loaded as a module`, found, hint });
  }
}

function toCase(result: VectorResult): CaseRun {
  const expected = result.expected === 'accept' ? 'accept' : 'reject';
  return { id: result.id, expected, why: result.why, run: () => outcomeOf(result, expected) };
}

/** Rejected for another reason than the vector's, or broken: that decides nothing. */
function outcomeOf({ outcome, expected, found }: VectorResult, verdict: 'accept' | 'reject') {
  const isOther = found === 'accept' || (verdict === 'accept' && !found.startsWith('a fault'));
  const wrong: Found = !isOther ? 'undecided' : found === 'accept' ? 'accept' : 'reject';
  const trace = outcome === 'right' ? [] : [`expected ${expected}`];
  return { found: outcome === 'right' ? verdict : wrong, reasons: found === 'accept' ? [] : [found], trace };
}
