import { parseStrictJson } from '@assay/formats';
import type { z } from 'zod';
import { naming, readInput } from './input.ts';
import { fault } from './reasons.ts';

const LIMITS = { maxBytes: 4 << 20, maxDepth: 32, maxMembers: 100_000 };
const MAX_ISSUES = 12;

type Issue = z.core.$ZodIssue;

/** A bad member with what was expected of it. */
export function issueOf({ path, message }: Issue): string {
  return `${path.join('.') || 'document'}: ${message}`;
}

/** Every bad member with what was expected of it, in one line. */
export function issuesOf({ issues }: z.ZodError, tell: (issue: Issue) => string = issueOf): string {
  const shown = issues.slice(0, MAX_ISSUES).map(tell);
  return [...shown, ...(issues.length > MAX_ISSUES ? [`and ${issues.length - MAX_ISSUES} more`] : [])].join('; ');
}

/**
 * A JSON document that a person wrote, in its strict type.
 *
 * @throws RequestError `cli.document_invalid` naming each bad member, or a format's code; UpstreamError `cli.file_unreadable`
 */
export function readDocument<T>(path: string, schema: z.ZodType<T>): T {
  const document = naming(path, 'repair the JSON there', () => parseStrictJson(readInput(path), LIMITS));
  const result = schema.safeParse(document);
  if (result.success) return result.data;
  throw fault('cli.document_invalid', { message: `${path} is not in its form`, found: issuesOf(result.error) });
}
