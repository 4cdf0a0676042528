import type { Case } from './case.ts';
import type { Observation } from './observation.ts';

/** What a case came to, by application data alone: a finished handshake proves nothing. */
export const OUTCOMES = {
  'REFUSED-ALERT': 'the client sent a fatal alert before the handshake ended',
  'REFUSED-CLOSE': 'the client closed, reset or gave up after our Certificate, without an alert',
  'REFUSED-POST': 'the handshake ended, and the client closed without one octet of its own',
  LEAKED: 'application data arrived',
  'WENT-ON': 'the client went on after a ServerHello that a correct client refuses',
  'NOT-FOLLOWED': 'requests arrived where they may, and none where the server led or tempted the client',
  UNDECIDED: 'a connection neither brought data nor was given up by the client',
  UNSUPPORTED: 'the handshake failed before our Certificate could be judged',
  'NOT-REACHED': 'no connection came',
} as const;
export type Outcome = keyof typeof OUTCOMES;

/**
 * `right`: as a correct client does. `wrong`: it leaks, or refuses what it must accept. `inconclusive`: NOT-REACHED,
 * UNSUPPORTED, or the positive control did not pass, so that nothing was proven. `noted`: reported, not judged.
 * `not-applicable`: the profile says that the client lacks what the case needs.
 */
export type Standing = 'right' | 'wrong' | 'inconclusive' | 'noted' | 'not-applicable';

export interface Judged {
  readonly outcome?: Outcome;
  readonly standing: Standing;
  /** Refused, but nobody was told although a report endpoint was configured. */
  readonly silent: boolean;
  /** What decided, in one sentence for people. */
  readonly because: string;
}

/** One case with all that belongs to it, as reports show it. */
export interface CaseResult extends Judged {
  readonly case: Case;
  /** The profile expects this standing to be wrong: a known leak with its reason. */
  readonly known?: string;
  readonly observation: Observation;
  /** It was watched for as long as it should be; not where a run was cut short. */
  readonly settled: boolean;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Shell words that run this case alone. */
  readonly reproduce: string;
}

export interface RunReport {
  readonly schema: 'assay.mitm.run/1';
  readonly version: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly hosts: readonly string[];
  readonly way: 'proxy' | 'socks5' | 'direct' | 'transparent';
  readonly client: { readonly profile: string; readonly command?: string; readonly version?: string };
  readonly clockSeconds: number;
  /** A report endpoint was configured, so that a refusal without a report is silent. */
  readonly reportsExpected: boolean;
  /** Who ran it, and on what (system, runtime, TLS library), where they say so: for people who read the report later. */
  readonly by?: string;
  readonly ranOn?: string;
  readonly controls: 'passed' | 'failed-before' | 'failed-after' | 'not-run';
  readonly results: readonly CaseResult[];
  readonly summary: Readonly<Record<Standing, number>> & { readonly silent: number; readonly leaked: number };
}
