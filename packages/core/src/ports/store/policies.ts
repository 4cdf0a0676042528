/** One version of a policy, as its author wrote it. Versions count up from 1 and are never changed. */
export interface PolicyVersion {
  readonly iss: string;
  readonly name: string;
  readonly version: number;
  /** The document, exact text. */
  readonly source: string;
  readonly author: string;
  readonly createdAt: number;
  /** Version that a rollback took the text from, or null. */
  readonly restores: number | null;
}

/** A change that loosens an enforced policy and waits for a second person. */
export interface PolicyProposal {
  readonly iss: string;
  readonly id: string;
  readonly name: string;
  /** The version that it would follow: it lapses when another came in between. */
  readonly base: number;
  readonly source: string;
  readonly author: string;
  readonly createdAt: number;
  readonly state: 'open' | 'approved' | 'withdrawn';
}

export interface PolicyStore {
  /** Adds the version after the newest; false when (iss, name, version) exists or is not the next one. */
  addPolicyVersion(row: PolicyVersion): Promise<boolean>;
  newestPolicy(iss: string, name: string): Promise<PolicyVersion | undefined>;
  policyVersion(iss: string, name: string, version: number): Promise<PolicyVersion | undefined>;
  /** The newest version of every policy. */
  policies(iss: string): Promise<readonly PolicyVersion[]>;
  /** Every version of one policy, newest first. */
  policyHistory(iss: string, name: string): Promise<readonly PolicyVersion[]>;
  addProposal(row: PolicyProposal): Promise<boolean>;
  proposal(iss: string, id: string): Promise<PolicyProposal | undefined>;
  openProposals(iss: string): Promise<readonly PolicyProposal[]>;
  /** Compare-and-set from `open`; false when it was not open any more. */
  closeProposal(iss: string, id: string, state: 'approved' | 'withdrawn'): Promise<boolean>;
}
