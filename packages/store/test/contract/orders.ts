import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Order } from '@assay/core';
import type { Engine } from '../engines.ts';
import { enrolment, makeAcceptance, makeInstance, NOW, newIssuer } from '../fixtures.ts';
import { describeStore } from './suite.ts';

function makeOrder(iss: string, id: string, change: Partial<Order> = {}): Order {
  return {
    ...{ iss, id, effect: 'ban', target: 'lineage', value: 'l1', app: null, policy: null, reason: 'fraud' },
    ...{ author: 'ann', createdAt: NOW, expiresAt: null, endedAt: null },
    ...change,
  };
}

const idsOf = (orders: readonly Order[]): readonly string[] => orders.map(({ id }) => id);

/** What operators, and rules in their name, ordered about instances. */
export function orderContract(engine: Engine): void {
  describeStore(engine, 'orders', (subject) => {
    it('are found by one target with those that have ended, newest first', async () => {
      const { store } = subject;
      const iss = newIssuer();
      await store.addOrder(makeOrder(iss, 'a', { expiresAt: NOW + 10 }));
      await store.addOrder(makeOrder(iss, 'b', { createdAt: NOW + 20, effect: 'pass' }));
      await store.addOrder(makeOrder(iss, 'c', { value: 'l2' }));
      await store.addOrder(makeOrder(iss, 'd', { target: 'model' }));
      await store.endOrder(iss, 'b', NOW + 30);
      const key = { target: 'lineage', value: 'l1' } as const;
      const found = await store.ordersAbout(iss, key, 5);
      assert.deepEqual(idsOf(found), ['b', 'a']);
      assert.deepEqual([found[0]?.endedAt, found[1]?.expiresAt], [NOW + 30, NOW + 10]);
      assert.deepEqual(idsOf(await store.ordersAbout(iss, key, 1)), ['b']);
      assert.deepEqual(await store.ordersAbout(newIssuer(), key, 5), []);
    });

    it('are found by each of their targets, while in force', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const orders = [
        makeOrder(iss, 'a', { app: 'bank', expiresAt: NOW + 10 }),
        makeOrder(iss, 'b', { effect: 'policy', policy: 'strict', target: 'model', value: 'Pixel 9' }),
        makeOrder(iss, 'c', { target: 'model', value: 'l1' }),
        makeOrder(iss, 'd', { createdAt: NOW + 5 }),
      ];
      for (const order of orders) assert.equal(await store.addOrder(order), true);
      assert.equal(await store.addOrder(makeOrder(iss, 'a', { reason: 'other' })), false);
      const keys = [
        { target: 'model', value: 'Pixel 9' },
        { target: 'lineage', value: 'l1' },
      ] as const;
      assert.deepEqual(await store.ordersFor(iss, keys, NOW), [orders[0], orders[1]]);
      assert.deepEqual(idsOf(await store.ordersFor(iss, keys, NOW + 9)), ['a', 'b', 'd']);
      assert.deepEqual(idsOf(await store.ordersFor(iss, keys, NOW + 10)), ['b', 'd'], 'its end is not in force');
      assert.deepEqual(await store.ordersFor(iss, keys, NOW - 1), [], 'none was given yet');
      assert.deepEqual(await store.ordersFor(iss, [], NOW), []);
      assert.deepEqual(await store.ordersFor(newIssuer(), keys, NOW), []);
    });

    it('are found by any number of targets, each once', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const keys = Array.from(
        { length: 37 },
        (_, index) => ({ target: 'network', value: `10.${index}.0.0/16` }) as const,
      );
      for (const [index, key] of keys.entries()) await store.addOrder(makeOrder(iss, `o${100 + index}`, key));
      const expected = keys.map((_, index) => `o${100 + index}`);
      assert.deepEqual(idsOf(await store.ordersFor(iss, [...keys, ...keys], NOW)), expected);
    });

    it('end once, and only while they are in force', async () => {
      const { store } = subject;
      const iss = newIssuer();
      await store.addOrder(makeOrder(iss, 'a', { expiresAt: NOW + 10 }));
      assert.equal(await store.endOrder(iss, 'a', NOW + 10), false, 'it has run out');
      assert.equal(await store.endOrder(iss, 'a', NOW + 5), true);
      assert.equal(await store.endOrder(iss, 'a', NOW + 6), false);
      assert.equal(await store.endOrder(iss, 'none', NOW), false);
      const key = { target: 'lineage', value: 'l1' } as const;
      assert.deepEqual(await store.ordersFor(iss, [key], NOW + 5), []);
      assert.deepEqual(idsOf(await store.ordersFor(iss, [key], NOW + 4)), ['a'], 'a replay sees what was');
    });

    it('page newest first: all, or those in force', async () => {
      const { store } = subject;
      const iss = newIssuer();
      for (const id of ['a', 'b', 'c', 'd', 'e']) await store.addOrder(makeOrder(iss, id));
      await store.endOrder(iss, 'd', NOW + 1);
      assert.deepEqual(idsOf(await store.orders(iss, { limit: 2 })), ['e', 'd']);
      assert.deepEqual(idsOf(await store.orders(iss, { limit: 9, before: 'd' })), ['c', 'b', 'a']);
      assert.deepEqual(idsOf(await store.orders(iss, { at: NOW + 1, limit: 2 })), ['e', 'c']);
      assert.deepEqual(idsOf(await store.orders(iss, { at: NOW + 1, limit: 2, before: 'c' })), ['b', 'a']);
      await assert.rejects(store.orders(iss, { limit: 0 }), { code: 'store.limit_invalid' });
    });

    it('of a rule are given with the acceptance, or not at all', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const instance = makeInstance(iss);
      const order = makeOrder(iss, 'auto', { value: instance.lineage, author: 'policy:strict/leaked' });
      const key = { target: 'lineage', value: instance.lineage } as const;
      const unknown = makeAcceptance(iss, { kind: 'refresh', jkt: 'nobody', fat: NOW }, { orders: [order] });
      assert.deepEqual(await store.accept(unknown), { outcome: 'instance_unknown' });
      assert.deepEqual(await store.ordersFor(iss, [key], NOW), []);
      const accepted = await store.accept({ ...enrolment(iss, instance), orders: [order] });
      assert.equal(accepted.outcome, 'accepted');
      assert.deepEqual(await store.ordersFor(iss, [key], NOW), [order]);
      const again = makeAcceptance(iss, { kind: 'refresh', jkt: instance.jkt, fat: NOW }, { orders: [order] });
      assert.equal((await store.accept(again)).outcome, 'accepted', 'the ban that is there stays');
    });
  });
}
