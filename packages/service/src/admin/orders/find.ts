import type { Order } from '@assay/core';
import type { Service } from '../../context.ts';

/** One order, ended or not, or undefined. Ids are of one length: the newest below `<id>0` is that one, if it is there. */
export async function orderById(
  { store }: Pick<Service, 'store'>,
  iss: string,
  id: string,
): Promise<Order | undefined> {
  const [order] = await store.orders(iss, { before: `${id}0`, limit: 1 });
  return order?.id === id ? order : undefined;
}
