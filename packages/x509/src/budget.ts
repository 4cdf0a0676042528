import { refused } from './faults.ts';

/** Work that one validation may still do. Hostile chains are built to cost more than they cost their sender. */
export interface Budget {
  /** Signature verifications. */
  signatures: number;
  /** Issuers tried for a certificate. Signatures are remembered, so a web of cross-signed authorities is bounded by this alone. */
  steps: number;
  /** Comparisons of a name with a constraint, long names counted as several. */
  comparisons: number;
}

/** Genuine paths need fewer than ten signatures, and constrained ones fewer than a few hundred comparisons. */
export function createBudget(): Budget {
  return { signatures: 100, steps: 1000, comparisons: 100_000 };
}

/** Takes `amount` off one of the budgets. Raises x509.budget_exhausted. */
export function spend(budget: Budget, kind: keyof Budget, amount: number): void {
  budget[kind] -= amount;
  if (budget[kind] < 0) throw refused('x509.budget_exhausted', { found: `no ${kind} left` });
}
