import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Order } from '@assay/core';
import { type MarkWish, wishOf } from '../../src/marks/wish.ts';

const AT = 1_000;
const order = (change: Partial<Order>): Order => ({
  ...{ iss: 'i', id: 'o', effect: 'ban', target: 'lineage', value: 'l', app: null, policy: null, reason: 'fraud' },
  ...{ author: 'ann', createdAt: 0, expiresAt: null, endedAt: null },
  ...change,
});
const pass = order({ effect: 'pass' });

describe('what orders say of a mark', () => {
  const rows: readonly (readonly [name: string, orders: readonly Order[], wish: MarkWish])[] = [
    ['nothing at all', [], 'keep'],
    ['a ban', [order({})], 'set'],
    ['a ban that was taken back', [order({ endedAt: AT })], 'clear'],
    ['a ban that ran out', [order({ expiresAt: AT })], 'clear'],
    ['a ban after one that has ended', [order({}), order({ endedAt: 5 })], 'set'],
    ['a pass', [pass], 'clear'],
    ['a pass that has ended', [order({ effect: 'pass', endedAt: 5 })], 'keep'],
    ['a ban beside a pass, which stops all the same', [order({}), pass], 'set'],
    ['a ban by a rule, which rests on hints', [order({ author: 'policy:house/leaked' })], 'keep'],
    ['a policy of its own', [order({ effect: 'policy', policy: 'p' })], 'keep'],
  ];
  for (const [name, orders, wish] of rows) it(`${name}: ${wish}`, () => assert.equal(wishOf(orders, AT), wish));
});
