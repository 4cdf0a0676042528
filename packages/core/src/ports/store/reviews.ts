import type { Facts } from '../../facts.ts';
import type { Verdict } from '../../verdict.ts';
import type { Purpose } from './appraisals.ts';

/** A stored appraisal judged again, because something that it rested on was revoked. */
export interface Reappraisal {
  readonly iss: string;
  readonly id: string;
  /** The appraisal that was judged again. */
  readonly appraisal: string;
  readonly at: number;
  /** For example `certificate_revoked`. */
  readonly cause: string;
  readonly verdict: Verdict;
}

/** What simulation reads of one appraisal. */
export interface AppraisedFacts {
  readonly id: string;
  readonly at: number;
  readonly app: string;
  readonly purpose: Purpose;
  readonly platform: string | null;
  readonly lineage: string;
  readonly facts: Facts;
  readonly verdict: Verdict;
}

export interface FactsPage {
  readonly app?: string;
  /** Epoch milliseconds, `from` inclusive, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** Id of the last row of the page before; ids sort by time. */
  readonly after?: string;
  readonly limit: number;
}

export interface ReviewStore {
  addReappraisal(row: Reappraisal): Promise<boolean>;
  reappraisals(iss: string, appraisal: string): Promise<readonly Reappraisal[]>;
  /** Oldest first. */
  appraisedFacts(iss: string, page: FactsPage): Promise<readonly AppraisedFacts[]>;
  /** The newest appraisal of an instance. */
  newestAppraisalOf(iss: string, jkt: string): Promise<string | undefined>;
}
