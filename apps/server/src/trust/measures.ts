import type { Clock } from '@assay/core';
import type { Metrics, Sample } from '@assay/http';
import { TRUST_ALARMS, type TrustSourceState } from '@assay/service';
import type { LoadedTrust } from './load.ts';

/** How fresh trust data is, for each document that is followed. */
export function measureTrust(
  metrics: Metrics,
  { trust, clock }: { readonly trust: Pick<LoadedTrust, 'state'>; readonly clock: Clock },
): void {
  const each = (read: (state: TrustSourceState) => readonly Sample[]) => async () =>
    trust.state().sources.flatMap(read);
  metrics.gauges(
    'assay_trust_age_seconds',
    'Time since a document was last confirmed by its publisher',
    ['source'],
    each(({ source, confirmedAt }) =>
      confirmedAt === null ? [] : [{ labels: { source }, value: (clock() - confirmedAt) / 1000 }],
    ),
  );
  metrics.gauges(
    'assay_trust_up',
    'Whether the last attempt to fetch a document went well',
    ['source'],
    each(({ source, error, triedAt }) =>
      triedAt === null ? [] : [{ labels: { source }, value: error === null ? 1 : 0 }],
    ),
  );
  metrics.gauges(
    'assay_trust_alarms',
    'Alarms that are raised',
    ['source', 'alarm'],
    each(({ source, alarms }) =>
      TRUST_ALARMS.map((alarm) => ({
        labels: { source, alarm },
        value: alarms.filter((raised) => raised.alarm === alarm).length,
      })),
    ),
  );
}
