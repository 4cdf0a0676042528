import type { Order } from '@assay/core';
import { shareOf } from '../attest/lineage.ts';
import type { Scene } from '../attest/situation.ts';

/** Of several orders of a policy the newest counts: who wrote it knew the older ones. */
export function policyOrder(orders: readonly Order[]): Order | undefined {
  return orders.findLast(({ effect, policy }) => effect === 'policy' && policy !== null);
}

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
  const cohort = app.cohorts.find(
    ({ name, percent, until }) =>
      (until === undefined || at < Date.parse(until)) && shareOf(keys, lineage, app.id, `cohort ${name}`) < percent,
  );
  return policyOrder(orders)?.policy ?? cohort?.policy ?? app.policy;
}
