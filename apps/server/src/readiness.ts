import { UpstreamError } from '@assay/core';
import type { Readiness, ReadinessCheck } from '@assay/http';
import type { Service, TrustState } from '@assay/service';

/** Earlier than this no machine that runs this code can be: the clock was never set. */
const BUILT_AFTER = Date.parse('2026-11-01T00:00:00Z');

/** What must be well before the server takes traffic. */
export function createReadiness(
  service: Pick<Service, 'store' | 'clock' | 'trust'>,
  stopping: () => boolean,
): Readiness {
  return { stopping, checks: CHECKS.map(({ name, find }) => ({ name, check: () => find(service) })) };
}

interface CheckRow extends Pick<ReadinessCheck, 'name'> {
  readonly find: (service: Pick<Service, 'store' | 'clock' | 'trust'>) => Promise<string | undefined>;
}

const CHECKS: readonly CheckRow[] = [
  { name: 'store', find: ({ store }) => store.ping().then(() => undefined, codeOf) },
  {
    name: 'clock',
    find: async ({ clock }) => (clock() > BUILT_AFTER ? undefined : 'the clock stands before this version was made'),
  },
  {
    name: 'trust',
    find: async ({ trust }) =>
      trust.android.length > 0 && trust.apple.attestation.length > 0 ? undefined : 'no trust anchors',
  },
];

/** What is not as it should be with each source of trust data. Old data does not make a server unready: what it means, the policy says. */
export function trustNotes({ sources }: TrustState): Readonly<Record<string, string>> {
  return Object.fromEntries(
    sources.flatMap(({ source, alarms }) => {
      const names = [...new Set(alarms.map(({ alarm }) => alarm))];
      return names.length === 0 ? [] : [[`trust ${source}`, names.join(', ')] as const];
    }),
  );
}

function codeOf(error: unknown): string {
  if (error instanceof UpstreamError) return error.code;
  throw error;
}
