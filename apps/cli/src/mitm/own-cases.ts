import { parseStrictJson } from '@assay/formats';
import { CASES, type Case, parseCases } from '@assay/mitm';
import { naming, readInput } from '../input.ts';

const LIMITS = { maxBytes: 4 << 20, maxDepth: 12, maxMembers: 100_000 };

/**
 * The battery, and after it an operator's own cases, in the battery's grammar.
 *
 * @throws ConfigError `mitm.cases_malformed`; FormatError `json.*`; UpstreamError `cli.file_unreadable`
 */
export function casesWith(path: string | undefined): readonly Case[] {
  if (path === undefined) return CASES;
  const own = naming(path, 'repair the cases there', () => parseCases(parseStrictJson(readInput(path), LIMITS)));
  return [...CASES, ...own];
}
