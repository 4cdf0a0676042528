import type { Order } from '@assay/core';
import type { Scene } from '../attest/situation.ts';
import { ordersOfApp } from '../decide/targets.ts';
import { usesMarks } from './bits.ts';

/** What an operator's orders say of the mark on the device of an install. */
export type MarkWish = 'set' | 'clear' | 'keep';

/** The latest orders about one install. More than anybody gives by hand. */
const LATEST = 64;

/**
 * A ban in force of this very install marks its device; one that has ended, and a pass, take the mark back. Bans by a rule mark
 * nothing: they rest on hints, and end by themselves.
 */
export async function markWishOf({ service, issuer, app, at }: Scene, lineage: string): Promise<MarkWish> {
  if (!usesMarks(app)) return 'keep';
  const about = await service.store.ordersAbout(issuer.iss, { target: 'lineage', value: lineage }, LATEST);
  return wishOf(ordersOfApp(about, app.id), at);
}

export function wishOf(orders: readonly Order[], at: number): MarkWish {
  const bans = orders.filter((order) => order.effect === 'ban' && !order.author.startsWith('policy:'));
  if (bans.some((order) => isInForce(order, at))) return 'set';
  const isPassed = orders.some((order) => order.effect === 'pass' && isInForce(order, at));
  return isPassed || bans.length > 0 ? 'clear' : 'keep';
}

function isInForce({ createdAt, expiresAt, endedAt }: Order, at: number): boolean {
  return createdAt <= at && (expiresAt === null || expiresAt > at) && (endedAt === null || endedAt > at);
}
