import { type Facts, knownValue, type Order, type OrderKey, type OrderTarget, provenValue } from '@assay/core';
import { networkShareOf, networksOf } from '../networks.ts';

/** An instance with what orders may name it by. */
export interface Subject {
  readonly app: string;
  readonly lineage: string;
  readonly facts: Facts;
  readonly address: string | undefined;
}

type Names = (subject: Subject) => readonly string[];

/** A claim may get a sender banned, as it may tighten every verdict: whoever claims a banned model is treated as one. */
const NAMES: Readonly<Record<OrderTarget, Names>> = {
  lineage: ({ lineage }) => [lineage],
  app: ({ app }) => [app],
  signer: ({ facts }) => knownValue(facts.app.signers) ?? [],
  model: ({ facts }) => listOf(knownValue(facts.device.model)),
  network: ({ address }) => networksOf(address ?? ''),
};

const listOf = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

const TARGETS = Object.keys(NAMES) as OrderTarget[]; // the keys of NAMES by definition

/** Everything that an order may name this instance by: one query finds its orders. */
export function orderKeysOf(subject: Subject): readonly OrderKey[] {
  return TARGETS.flatMap((target) => NAMES[target](subject).map((value) => ({ target, value })));
}

/** Orders about the instance's own app or about every app. */
export function ordersOfApp(orders: readonly Order[], app: string): readonly Order[] {
  return orders.filter((order) => order.app === null || order.app === app);
}

/** What an automatic ban names: nothing that only a claim supports, and of networks the usual share of a carrier. */
export function banValueOf(target: OrderTarget, { app, lineage, facts, address }: Subject): string | undefined {
  const values: Readonly<Record<OrderTarget, string | undefined>> = {
    ...{ lineage, app },
    signer: provenValue(facts.app.signers)?.[0],
    model: provenValue(facts.device.model),
    network: networkShareOf(address ?? ''),
  };
  return values[target];
}
