import { knownValue, type Order, type OrderTarget, type Platform } from '@assay/core';
import { parseSupportCode } from '@assay/tokens';
import type { Service } from '../../context.ts';
import { fault } from '../../fault.ts';
import type { Issuer } from '../../issuers.ts';
import { policyOf } from '../../policies.ts';
import { type Actor, commitAct, commitChange } from '../act.ts';
import { sortableId } from '../ids.ts';
import { type Reinstall, reinstallOf } from './reinstall.ts';
import { EFFECT_RULES, type OrderWish, VALUE_FORMS, VALUE_TEXTS } from './rules.ts';

/** An order as it was written, and how long a token that is out already may outlive it. */
export interface Ordered {
  readonly order: Order;
  /** The longest life of a token that the app, or any app, may hold, in seconds: an order works at the next refresh. */
  readonly tokenSeconds: number;
  /** Of a ban: what a reinstall does to it. */
  readonly reinstall?: Reinstall;
}

/**
 * Writes an order of an operator, with its end and its row in the audit chain.
 *
 * @throws RequestError `service.order_refused`, `service.order_target_unknown`, `service.app_unknown`;
 * ConfigError `service.policy_unknown`
 */
export async function giveOrder(service: Service, actor: Actor, issuer: Issuer, wish: OrderWish): Promise<Ordered> {
  assertAllowed(wish);
  const { platform, ...named } = await targetOf(service, issuer, wish);
  if (named.app !== null) await assertRegistered(service, issuer, named.app);
  if (wish.policy !== undefined) await policyOf(service, issuer.iss, wish.policy);
  const createdAt = service.clock();
  const order: Order = {
    ...{ iss: issuer.iss, id: sortableId(service), effect: wish.effect, policy: wish.policy ?? null, ...named },
    ...{ reason: wish.reason, author: actor, createdAt, expiresAt: createdAt + wish.seconds * 1_000, endedAt: null },
  };
  await write(service, order);
  const reinstall = order.effect === 'ban' ? await reinstallOf(service, issuer, order, platform) : undefined;
  const tokenSeconds = await longestToken(service, issuer, order.app);
  return { order, tokenSeconds, ...(reinstall === undefined ? {} : { reinstall }) };
}

function assertAllowed({ effect, target, seconds, policy }: OrderWish): void {
  const { targets, maxSeconds } = EFFECT_RULES[effect];
  if (!targets.includes(target)) {
    throw fault('service.order_refused', { expected: `${effect} of ${targets.join(', ')}`, found: target });
  }
  if (seconds > maxSeconds) {
    throw fault('service.order_refused', {
      expected: `at most ${maxSeconds} seconds for ${effect}`,
      found: `${seconds}`,
    });
  }
  if ((policy !== undefined) !== (effect === 'policy')) {
    throw fault('service.order_refused', { expected: 'a policy with effect `policy`, and with no other' });
  }
}

interface Named extends Pick<Order, 'target' | 'value' | 'app'> {
  /** Of an install, as far as it is known. */
  readonly platform?: Platform | undefined;
}

/** An install is ordered about by its lineage, whatever keys it has later. */
async function targetOf({ store }: Service, { iss }: Issuer, { target, value, app }: OrderWish): Promise<Named> {
  if (target !== 'support' && target !== 'instance')
    return { target, value: wellFormed(target, value), ...within(target, value, app) };
  const found =
    target === 'support'
      ? await store.appraisalBySupport(iss, parseSupportCode(value))
      : await store.instance(iss, value);
  if (found === undefined) throw fault('service.order_target_unknown');
  if (app !== undefined && app !== found.app) throw fault('service.order_refused', { expected: found.app, found: app });
  return { target: 'lineage', value: found.lineage, app: found.app, platform: knownValue(found.facts.platform) };
}

/** An order about an app is within it. */
function within(target: OrderTarget, value: string, app: string | undefined): Pick<Order, 'app'> {
  if (target !== 'app') return { app: app ?? null };
  if (app !== undefined && app !== value) throw fault('service.order_refused', { expected: value, found: app });
  return { app: value };
}

function wellFormed(target: OrderTarget, text: string): string {
  const value = VALUE_FORMS[target](text);
  if (value === undefined)
    throw fault('service.order_refused', { expected: VALUE_TEXTS[target], found: `a ${target} in another form` });
  return value;
}

async function assertRegistered({ registry }: Service, { iss }: Issuer, app: string): Promise<void> {
  if ((await registry.app(iss, app)) === undefined) throw fault('service.app_unknown', { found: app });
}

function write(service: Service, order: Order): Promise<void> {
  const { effect, target, value, app, policy, reason, expiresAt } = order;
  const detail = { effect, target, value, app, policy, reason, expiresAt };
  return commitAct(
    service,
    [order.iss],
    async (tables) => {
      if (!(await tables.addOrder(order))) throw fault('service.conflict');
    },
    () => ({ actor: order.author, act: 'order.give', subject: order.id, detail }),
  );
}

/** How long a token of these apps may live: an order that was given now works everywhere after that. */
async function longestToken({ store, registry }: Service, { iss }: Issuer, app: string | null): Promise<number> {
  const audiences =
    app === null
      ? (await store.listRegistered(iss, 'api')).map(({ id }) => id)
      : ((await registry.app(iss, app))?.audiences ?? []);
  const apis = await Promise.all(audiences.map((audience) => registry.api(iss, audience)));
  return Math.max(0, ...apis.map((api) => api?.lifetime ?? 0));
}

/** Ends an order before its time. @throws RequestError `service.order_unknown` when none is in force under this id */
export async function endOrder(service: Service, actor: Actor, { iss }: Issuer, id: string): Promise<void> {
  const at = service.clock();
  const entry = { actor, act: 'order.end', subject: id, detail: {} };
  const isEnded = await commitChange(service, iss, entry, (tables) => tables.endOrder(iss, id, at));
  if (!isEnded) throw fault('service.order_unknown');
}
