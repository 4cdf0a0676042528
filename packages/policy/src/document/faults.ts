import { ConfigError } from '@assay/core';

/** One thing in a document that is not as it must be. */
export interface PolicyFault {
  /** Counted from 1, in UTF-16 units: as editors count. */
  readonly line: number;
  readonly column: number;
  /** Where, for example `$.rules[3].require`; `$` for the text as a whole. */
  readonly path: string;
  readonly expected: string;
}

/** As many as an author works through; whoever sends garbage gets no list as long as it. */
const MAX_KEPT = 200;
const MAX_NAMED = 20;

/** A document that is refused whole, with all of its faults. Code `policy.document_invalid`. */
export class PolicyDocumentError extends ConfigError {
  /** In the order of the document, the first two hundred. */
  readonly faults: readonly PolicyFault[];

  constructor(found: readonly PolicyFault[]) {
    const faults = found.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, MAX_KEPT);
    const named = faults.slice(0, MAX_NAMED).map(toText);
    const more = found.length > MAX_NAMED ? [`and ${found.length - MAX_NAMED} more`] : [];
    const [first] = faults;
    super('policy.document_invalid', `the policy is not valid: ${[...named, ...more].join('; ')}`, {
      expected: first?.expected,
      found: first === undefined ? undefined : `${first.line}:${first.column} ${first.path}`,
    });
    this.faults = faults;
  }
}

function toText({ line, column, path, expected }: PolicyFault): string {
  return `${line}:${column} ${path}: expected ${expected}`;
}
