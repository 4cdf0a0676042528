import type { ErrorFamily } from './errors.ts';
import { ConfigError } from './errors.ts';

/** What a device may be told to do (`reference/protocol.md` 8). */
export type Action = 'retry' | 'reenroll' | 'update_app' | 'stop';

/** What a device is told about the kind of refusal, and no more. */
export type RefusalClass = 'device' | 'app' | 'version' | 'account' | 'evidence';

/** One registered reason. A published code never changes its meaning. */
export interface Reason {
  readonly code: string;
  /** `policy` marks a rule's outcome; the others are the error families. */
  readonly family: ErrorFamily | 'policy';
  readonly class: RefusalClass;
  readonly action: Action;
  /** One sentence: what was not so. */
  readonly summary: string;
  /** The operator's next step. */
  readonly hint: string;
}

export type ReasonTable = Readonly<Record<string, Reason>>;

type ReasonRow = Omit<Reason, 'code'>;

/** Declares a package's reason codes; the keys are the codes (`area.words_with_underscores`). */
export function defineReasons<const T extends Record<string, ReasonRow>>(
  rows: T,
): { readonly [K in keyof T & string]: Reason & { readonly code: K } } {
  const table: Record<string, Reason> = {};
  for (const [code, row] of Object.entries(rows)) table[code] = { code, ...row };
  return table as { readonly [K in keyof T & string]: Reason & { readonly code: K } };
}

/** Joins the packages' tables into one registry. A code declared twice is a configuration error. */
export function joinReasons(tables: readonly ReasonTable[]): ReadonlyMap<string, Reason> {
  const joined = new Map<string, Reason>();
  for (const reason of tables.flatMap((table) => Object.values(table))) {
    if (joined.has(reason.code)) {
      throw new ConfigError('core.reason_declared_twice', `reason code ${reason.code} is declared twice`);
    }
    joined.set(reason.code, reason);
  }
  return joined;
}
