import { ABSENT, type Fact, proven } from '@assay/core';
import type { Service } from '../context.ts';

/** Who proves it. */
const BY = 'apple-receipt';

/**
 * What Apple last said of an App Attest key's device: about how many keys of this app it has attested. Absent before the first
 * renewal. It says nothing of its age: a metric that Apple has no newer one for stays.
 */
export async function riskMetricOf(
  { store }: Pick<Service, 'store'>,
  iss: string,
  app: string,
  attestedKey: string,
): Promise<Fact<number>> {
  const row = await store.receipt(iss, app, attestedKey);
  return row === undefined || row.metric === null ? ABSENT : proven(row.metric, BY);
}
