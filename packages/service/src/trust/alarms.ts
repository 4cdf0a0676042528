import type { RootComparison } from './published-roots.ts';
import type { TrustAlarm } from './state.ts';
import type { Attempts } from './tracked.ts';

/** Out of reach is an outage, which the last good copy bridges; every other fault lies in what is published. */
const OUTAGES: readonly RegExp[] = [/^service\.trust_unreachable$/, /^store\./];

/** Alarms that every source can raise. */
export function alarmsOf(
  confirmedAt: number | undefined,
  { failures, error }: Attempts,
  staleMs: number,
  now: number,
): readonly TrustAlarm[] {
  const isRefused = error !== undefined && !OUTAGES.some((outage) => outage.test(error));
  return [
    ...(confirmedAt === undefined && failures > 0 ? [{ alarm: 'missing', about: null } as const] : []),
    ...(isRefused ? [{ alarm: 'refused', about: error } as const] : []),
    ...(confirmedAt !== undefined && now - confirmedAt > staleMs ? [{ alarm: 'stale', about: null } as const] : []),
  ];
}

export function rootAlarms({ unknown, withdrawn }: RootComparison): readonly TrustAlarm[] {
  return [
    ...unknown.map(({ sha256 }): TrustAlarm => ({ alarm: 'root_unknown', about: sha256 })),
    ...withdrawn.map((id): TrustAlarm => ({ alarm: 'root_withdrawn', about: id })),
  ];
}
