import type { AttestStore, Delivery } from '@assay/core';
import type { Driver, Session } from '../driver.ts';
import { integer, text } from '../values.ts';

export const DELIVERY_SQL = {
  count: `insert into delivery (iss, lineage, secret, version, day, times) values ($1, $2, $3, $4, $5, 1)
    on conflict (iss, lineage, secret, version, day) do update set times = delivery.times + 1
    where delivery.times < $6 returning secret`,
  find: 'select secret, version, times from delivery where iss = $1 and lineage = $2 and day = $3',
} as const;

export function createDeliveries(driver: Driver): Pick<AttestStore, 'deliveries'> {
  return {
    deliveries: async (iss, lineage, day) =>
      (await driver.committed.query(DELIVERY_SQL.find, [iss, lineage, day])).map((row) => ({
        secret: text(row, 'secret'),
        version: integer(row, 'version'),
        times: integer(row, 'times'),
      })),
  };
}

/** Counts each delivery whose daily limit has room, and returns the names of those secrets in the given order. */
export async function countDeliveries(
  session: Session,
  iss: string,
  deliveries: readonly Delivery[],
): Promise<readonly string[]> {
  const delivered = new Set<Delivery>();
  // One order for all writers: two that count the same secrets never wait for each other in a circle.
  for (const delivery of deliveries.filter(({ max }) => max >= 1).toSorted(bySecret)) {
    const { lineage, secret, version, day, max } = delivery;
    const counted = await session.query(DELIVERY_SQL.count, [iss, lineage, secret, version, day, max]);
    if (counted.length === 1) delivered.add(delivery);
  }
  return deliveries.filter((delivery) => delivered.has(delivery)).map(({ secret }) => secret);
}

function bySecret(a: Delivery, b: Delivery): number {
  if (a.secret === b.secret) return a.version - b.version;
  return a.secret < b.secret ? -1 : 1;
}
