import type { Capability } from './case.ts';
import type { Outcome } from './outcome.ts';

/** What is known of a client under test: which cases apply to it, and which of its leaks are known. */
export interface Profile {
  readonly name: string;
  readonly title: string;
  readonly can: readonly Capability[];
  /** Shell command, run once per case; absent for phones, and where `--exec` gives it. */
  readonly command?: string;
  /** Cases by id or group that do not apply, with the reason. */
  readonly except: Readonly<Record<string, string>>;
  /** Known departures from what a correct client does, by case id. They still count as wrong unless `--accept-known`. */
  readonly known: Readonly<Record<string, { readonly outcome: Outcome; readonly why: string }>>;
}
