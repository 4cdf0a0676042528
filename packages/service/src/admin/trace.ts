import type { Appraisal, Order, Reappraisal, RejectionSample } from '@assay/core';
import type { Service } from '../context.ts';
import { orderKeysOf, ordersOfApp } from '../decide/targets.ts';
import type { Issuer } from '../issuers.ts';
import { ordersOfRecord } from './orders/find.ts';

/** Everything that is known under a support code. */
export interface Trace {
  readonly appraisal: Appraisal | null;
  readonly rejection: RejectionSample | null;
  /** Orders that had a say in the appraisal. */
  readonly orders: readonly Order[];
  /** Orders that are in force now and name the install; those of networks are not among them. */
  readonly standing: readonly Order[];
  /** What the same facts came to later, when something that they rested on was revoked. */
  readonly reappraisals: readonly Reappraisal[];
}

/** What stands under a support code, or undefined where nothing does. */
export async function traceOf(service: Service, { iss }: Issuer, support: string): Promise<Trace | undefined> {
  const { store } = service;
  const appraisal = await store.appraisalBySupport(iss, support);
  if (appraisal === undefined) {
    const rejection = await store.rejectionBySupport(iss, support);
    return rejection && { appraisal: null, rejection, orders: [], standing: [], reappraisals: [] };
  }
  const [orders, standing, reappraisals] = await Promise.all([
    ordersOfRecord(service, appraisal),
    standingOrders(service, appraisal),
    store.reappraisals(iss, appraisal.id),
  ]);
  return { appraisal, rejection: null, orders, standing, reappraisals };
}

/** The address of the caller is not kept, so that nobody can tell which networks he is in. */
async function standingOrders({ store, clock }: Service, appraisal: Appraisal): Promise<readonly Order[]> {
  const { iss, app, lineage, facts } = appraisal;
  const keys = orderKeysOf({ app, lineage, facts, address: undefined });
  return ordersOfApp(await store.ordersFor(iss, keys, clock()), app);
}
