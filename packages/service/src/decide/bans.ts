import type { Order } from '@assay/core';
import { automaticBans, type Policy } from '@assay/policy';
import { sortableId } from '../admin/ids.ts';
import type { Scene } from '../attest/situation.ts';
import { banValueOf, type Subject } from './targets.ts';

/** Bans that the policy's own rules ask for, but those that are in force. They work from the next refresh on. */
export function newBans(
  { service, issuer, at }: Scene,
  policy: Policy,
  subject: Subject,
  inForce: readonly Order[],
): readonly Order[] {
  return automaticBans(policy, subject.facts, at).flatMap(({ rule, target, durationMs, reason }) => {
    const value = banValueOf(target, subject);
    const author = `policy:${policy.name}/${rule}`;
    const isThere = inForce.some(
      (order) => order.author === author && order.target === target && order.value === value,
    );
    if (value === undefined || isThere) return [];
    const order: Order = {
      ...{ iss: issuer.iss, id: sortableId(service), effect: 'ban', target, value, app: subject.app, policy: null },
      ...{ reason, author, createdAt: at, expiresAt: at + durationMs, endedAt: null },
    };
    return [order];
  });
}
