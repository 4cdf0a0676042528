import type { Clock } from '@assay/core';
import { alarmsOf } from './alarms.ts';
import { STALE_MS } from './sources.ts';
import type { TrustAlarm, TrustSourceState } from './state.ts';
import { createTracked, type Held, type Source, type Tracked, type TrackedPorts } from './tracked.ts';

/** What is said of a copy that is held. */
export interface Telling<T> {
  /** Alarms that only its own content raises. */
  alarms(held: Held<T>): readonly TrustAlarm[];
  versionOf(held: Held<T>): string;
}

/** A tracked document that tells its state. */
export interface Followed<T> extends Pick<Tracked<T>, 'held' | 'load' | 'refresh'> {
  state(): TrustSourceState;
}

export function follow<T>(source: Source<T>, ports: TrackedPorts, telling: Telling<T>): Followed<T> {
  const tracked = createTracked(source, ports);
  const { held, load, refresh } = tracked;
  return { held, load, refresh, state: () => stateOf(source, tracked, telling, ports.clock) };
}

function stateOf<T>(source: Source<T>, tracked: Tracked<T>, telling: Telling<T>, clock: Clock): TrustSourceState {
  const [held, attempts] = [tracked.held(), tracked.attempts()];
  const confirmedAt = held?.copy.fetchedAt;
  const { triedAt, nextAt, error } = attempts;
  return {
    ...{ source: source.name, from: withoutQuery(source.url) },
    ...{ confirmedAt: confirmedAt ?? null, freshUntil: held?.copy.freshUntil ?? null },
    ...{ triedAt: triedAt ?? null, nextAt: triedAt === undefined ? null : nextAt, error: error ?? null },
    version: held === undefined ? null : telling.versionOf(held),
    alarms: [
      ...alarmsOf(confirmedAt, attempts, STALE_MS[source.name], clock()),
      ...(held === undefined ? [] : telling.alarms(held)),
    ],
  };
}

/** A query may hold a token of the operator's. */
function withoutQuery(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return protocol === 'file:' ? pathname : `${protocol}//${host}${pathname}`;
}
