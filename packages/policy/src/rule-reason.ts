import type { Reason } from '@assay/core';
import type { Policy } from './policy.ts';
import { POLICY_REASONS } from './reasons.ts';

/** What stands for a code of the operator's own that says no more of itself. */
const OWN = { family: 'policy', class: 'evidence', action: 'stop' } as const;

/**
 * What a reason of a verdict means: a registered code by its row, an operator's own (`custom.…`) by the rule that gives it.
 * Undefined for a code that neither knows.
 */
export function reasonOf({ rules }: Policy, code: string): Reason | undefined {
  const registered = Object.values(POLICY_REASONS).find((reason) => reason.code === code);
  if (registered !== undefined) return registered;
  const rule = rules.find(({ otherwise }) => otherwise.code === code);
  if (rule === undefined) return undefined;
  const { class: kind = OWN.class, action = OWN.action } = rule.otherwise;
  return { ...OWN, code, class: kind, action, summary: rule.why, hint: `Read the rule ${rule.id} of the policy.` };
}
