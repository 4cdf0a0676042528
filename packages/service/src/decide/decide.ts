import type { Facts, Order, ShadowVerdict, Verdict } from '@assay/core';
import type { Policy } from '@assay/policy';
import type { Assessment } from '../attest/assessment.ts';
import { shareOf } from '../attest/lineage.ts';
import type { Scene } from '../attest/situation.ts';
import { fault } from '../fault.ts';
import { type MarkWish, markWishOf } from '../marks/wish.ts';
import { policyOf } from '../policies.ts';
import { newBans } from './bans.ts';
import { policyNameOf, policyOrder } from './choose.ts';
import { completeWith } from './complete.ts';
import { conclude, isBanned, judge } from './conclude.ts';
import { shadowVerdicts } from './shadows.ts';
import { orderKeysOf, ordersOfApp, type Subject } from './targets.ts';

/** One decision, with everything that had a say in it. */
export interface Decision {
  readonly policy: Policy;
  /** Completed: with history, threats and what could not be asked. */
  readonly facts: Facts;
  readonly verdict: Verdict;
  readonly shadows: readonly ShadowVerdict[];
  /** Ids of the operator's orders that had a say. */
  readonly orders: readonly string[];
  /** Automatic bans, to be written with the appraisal. */
  readonly bans: readonly Order[];
  /** What the orders say of the mark of a ban on the device, where the app uses one. */
  readonly mark: MarkWish;
  readonly rollout: { readonly stage: Scene['app']['rollout']['stage']; readonly percent: number };
}

/**
 * Makes a verdict out of assessed evidence: facts completed, the policy chosen, orders and the roll-out applied.
 *
 * @throws ConfigError for a policy that does not exist or hold; UpstreamError `service.vendor_unavailable` where a vendor or
 * the status list is away and the policy does not make do without
 */
export async function decide(scene: Scene, assessment: Assessment): Promise<Decision> {
  const { service, issuer, app, keys, at, caller } = scene;
  const { lineage } = assessment;
  const mark = await markWishOf(scene, lineage);
  const facts = await completeWith(scene, assessment, mark);
  const subject: Subject = { app: app.id, lineage, facts, address: caller.address };
  const orders = await ordersInForce(scene, subject);
  const policy = await policyOf(service, issuer.iss, policyNameOf(scene, lineage, orders));
  const share = isForAll(app.rollout) ? 0 : shareOf(keys, lineage, app.id, 'rollout');
  const verdict = conclude(judge(policy, facts, at), { orders, rollout: app.rollout, share });
  // Where nobody is refused yet, an outage refuses nobody either: the verdict says that the policy would have.
  if (verdict.admitted === undefined) assertNotDenied(policy, assessment, facts);
  return {
    ...{ policy, facts, verdict, mark, shadows: await shadowVerdicts(scene, facts) },
    orders: sayingOrders(orders, verdict).map(({ id }) => id),
    // A stage that does not refuse yet bans nobody either.
    bans:
      verdict.admitted === undefined && app.rollout.stage === 'enforce' ? newBans(scene, policy, subject, orders) : [],
    rollout: { stage: app.rollout.stage, percent: app.rollout.percent ?? 100 },
  };
}

/** Where everybody is treated alike, nobody's place among them is asked for. */
const isForAll = ({ stage, percent = 100 }: Scene['app']['rollout']): boolean => stage !== 'enforce' || percent === 100;

/** Orders in force that name this instance of this app: one query. */
export async function ordersInForce({ service, issuer, app, at }: Scene, subject: Subject): Promise<readonly Order[]> {
  return ordersOfApp(await service.store.ordersFor(issuer.iss, orderKeysOf(subject), at), app.id);
}

/** What is missing, by the name that a degraded verdict gives it. */
const LISTS: Readonly<Record<string, string>> = {
  revocation_not_checked: "a fresh copy of Google's status list",
  revocation_advisories_missing: 'advisories that have not expired',
};

function assertNotDenied({ outage }: Policy, { outages: [away] }: Assessment, facts: Facts): void {
  if (away !== undefined && outage.vendor === 'deny') throw away.error;
  const list = facts.degraded.find((name) => Object.hasOwn(LISTS, name));
  if (list !== undefined && outage.revocation === 'deny') {
    throw fault('service.vendor_unavailable', { expected: LISTS[list] });
  }
}

/** Those without which the decision would have been another. */
function sayingOrders(orders: readonly Order[], { admitted }: Verdict): readonly Order[] {
  const [banned, chosen] = [isBanned(orders), policyOrder(orders)];
  const says: Readonly<Record<Order['effect'], (order: Order) => boolean>> = {
    ban: () => banned,
    // It lets through what the rules refuse, or spares a ban of a group.
    pass: () => admitted === 'forced_pass' || (!banned && orders.some(({ effect }) => effect === 'ban')),
    enforce_off: () => admitted === 'enforce_off',
    policy: (order) => order === chosen,
  };
  return orders.filter((order) => says[order.effect](order));
}
