import type { Order } from '@assay/core';
import { shareOf } from '../attest/lineage.ts';
import type { Scene } from '../attest/situation.ts';

/**
 * Name of the policy that judges an instance: an order for this one, else its cohort's, else the app's.
 *
 * @param orders as the store gives them, oldest first
 */
export function policyNameOf(
  { keys, app, at }: Pick<Scene, 'keys' | 'app' | 'at'>,
  lineage: string,
  orders: readonly Order[],
): string {
  // The newest: who wrote it knew the older ones.
  const ordered = orders.findLast(({ effect, policy }) => effect === 'policy' && policy !== null)?.policy;
  const cohort = app.cohorts.find(
    ({ name, percent, until }) =>
      (until === undefined || at < Date.parse(until)) && shareOf(keys, lineage, app.id, `cohort ${name}`) < percent,
  );
  return ordered ?? cohort?.policy ?? app.policy;
}
