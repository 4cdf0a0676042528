import type { Appraisal, Order } from '@assay/core';
import type { Service } from '../../context.ts';

/** One order, ended or not, or undefined. Ids are of one length: the newest below `<id>0` is that one, if it is there. */
async function orderById({ store }: Pick<Service, 'store'>, iss: string, id: string): Promise<Order | undefined> {
  const [order] = await store.orders(iss, { before: `${id}0`, limit: 1 });
  return order?.id === id ? order : undefined;
}

/** Orders that had a say in a stored decision, whatever became of them since. */
export async function ordersOfRecord(
  service: Pick<Service, 'store'>,
  { iss, record }: Appraisal,
): Promise<readonly Order[]> {
  const found = await Promise.all((record.orders ?? []).map((id) => orderById(service, iss, id)));
  return found.filter((order) => order !== undefined);
}
