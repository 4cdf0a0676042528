import type { Place } from '../place.ts';
import type { LiveHost, Project } from '../project.ts';

export type Severity = 'error' | 'warning' | 'info';

/** One thing that a rule found. The rule's own text says why it matters; `found` says what is so here. */
export interface Finding {
  /** Published id of the rule, stable for ever. */
  readonly rule: string;
  readonly severity: Severity;
  readonly place: Place;
  /** One sentence about this place: what was expected, what was found. Never a secret. */
  readonly message: string;
  /** The host that it is about, when it is about one. */
  readonly host?: string;
  /** An edit that mends it and changes nothing else; only rules whose mending cannot weaken an app offer one. */
  readonly fix?: TextEdit;
}

export interface TextEdit {
  readonly file: string;
  /** UTF-16 offsets into the file's text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The same stretch as lines and columns. */
  readonly place: Place;
}

/** What a rule reports; id and severity come from the rule unless this place deserves another severity. */
export type Report = Omit<Finding, 'rule' | 'severity'> & { readonly severity?: Severity };

/** One file of an example: its path tells its kind, as it would in a real project. */
export interface ExampleFile {
  readonly path: string;
  readonly text: string;
}

export interface Rule {
  /** `P001`: letter of the family, three digits. */
  readonly id: string;
  /** `single-pin` */
  readonly name: string;
  readonly severity: Severity;
  /** One sentence: when it fires. */
  readonly summary: string;
  /** Why it matters, with the platform's own rule or source. */
  readonly why: string;
  /** What somebody who attacks the app gains by it; `nothing` is an honest answer. */
  readonly attacker: string;
  /** Whose app stops working, and when; `nobody` is an honest answer. */
  readonly lockout: string;
  /** What to do, in the imperative. */
  readonly fix: string;
  /** OWASP MASVS control and MASWE weakness. */
  readonly masvs: string;
  readonly maswe: string;
  /** Needs to look at what hosts serve: runs only when the caller brings that. */
  readonly live?: true;
  /** Each fires the rule at least once; run by the tests and printed in the documentation. */
  readonly fires: readonly (readonly ExampleFile[])[];
  /** Each differs from a firing one in what matters, and is silent. */
  readonly passes: readonly (readonly ExampleFile[])[];
  /** What the hosts of the examples serve; only rules that look at hosts have it. */
  readonly liveExample?: ReadonlyMap<string, LiveHost>;
  check(project: Project): Iterable<Report>;
}
