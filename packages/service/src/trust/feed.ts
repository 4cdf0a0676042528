import type { EcJwk } from '@assay/formats/shape';
import type { TrustAnchor } from '@assay/x509';
import type { Advisories } from './advisories.ts';
import { rootAlarms } from './alarms.ts';
import { type Followed, follow } from './followed.ts';
import { compareRoots, isFit, type PublishedRoot } from './published-roots.ts';
import {
  advisorySource,
  digestOf,
  ROOT_ROWS,
  type RootRow,
  rootSource,
  type StatusCopy,
  statusSource,
} from './sources.ts';
import type { TrustAlarm, TrustSourceName, TrustSourceState } from './state.ts';
import type { Held, TrackedPorts, TrustCopies } from './tracked.ts';

export interface FeedOptions extends TrackedPorts {
  /** Where each document is asked for; what is not here is not fetched. */
  readonly urls: Readonly<Partial<Record<TrustSourceName, string>>>;
  /** The anchors that are believed, by the source that publishes them. */
  readonly anchors: Readonly<Record<RootRow['name'], readonly TrustAnchor[]>>;
  /** A status list that was confirmed longer ago counts as none. */
  readonly statusMaxAgeMs: number;
  /** Public halves that sign advisories. */
  readonly advisoryKeys: readonly EcJwk[];
}

/** Trust data as its publishers have it, kept fresh in the background. Nothing here waits for a network but `refresh`. */
export interface TrustFeed {
  /** The status list, while it is young enough to count. */
  statusList(): StatusCopy | undefined;
  /** Epoch milliseconds of its last confirmation, also when it is too old. */
  statusListAt(): number | undefined;
  /** Advisories that have not expired. */
  advisories(): Advisories | undefined;
  /** Advisories are configured and none count. */
  advisoriesAreMissing(): boolean;
  /** Published roots that are fit for an anchor and not among the anchors: the operator says whether to believe them. */
  newRoots(source: RootRow['name']): readonly TrustAnchor[];
  states(): readonly TrustSourceState[];
  /** Takes over the copies of the store. A copy that this version cannot read is left for the next fetch. */
  load(store: TrustCopies): Promise<void>;
  /** Asks for what is due. */
  refresh(store: TrustCopies, signal: AbortSignal): Promise<void>;
}

export function createTrustFeed(options: FeedOptions): TrustFeed {
  const { clock, anchors, statusMaxAgeMs } = options;
  const [status, advisories, roots] = [followStatus(options), followAdvisories(options), followRoots(options)];
  const all = [status, ...roots.values(), advisories].filter((each) => each !== undefined);
  const advisoriesInForce = () => {
    const value = advisories?.held()?.value;
    return value !== undefined && clock() < value.expiresAt ? value : undefined;
  };
  return {
    statusList() {
      const held = status?.held();
      return held !== undefined && clock() - held.copy.fetchedAt <= statusMaxAgeMs ? held.value : undefined;
    },
    statusListAt: () => status?.held()?.copy.fetchedAt,
    advisories: advisoriesInForce,
    advisoriesAreMissing: () => advisories !== undefined && advisoriesInForce() === undefined,
    newRoots(source) {
      const { unknown } = compareRoots(anchors[source], roots.get(source)?.held()?.value ?? []);
      return unknown.filter(isFit).flatMap(({ anchor }) => anchor ?? []);
    },
    states: () => all.map(({ state }) => state()),
    async load(store) {
      for (const { load } of all) await load(store);
    },
    async refresh(store, signal) {
      // Side by side: one publisher that is slow must not keep the others waiting.
      await Promise.all(all.map(({ refresh }) => refresh(store, signal)));
    },
  };
}

const UNUSABLE: TrustAlarm = { alarm: 'unusable', about: null };

function followStatus({ urls, statusMaxAgeMs, ...ports }: FeedOptions): Followed<StatusCopy> | undefined {
  const url = urls['google-status'];
  if (url === undefined) return undefined;
  return follow(statusSource(url), ports, {
    alarms: ({ copy }) => (ports.clock() - copy.fetchedAt <= statusMaxAgeMs ? [] : [UNUSABLE]),
    versionOf: ({ value }) => value.version,
  });
}

function followAdvisories({ urls, advisoryKeys, ...ports }: FeedOptions): Followed<Advisories> | undefined {
  if (urls.advisories === undefined) return undefined;
  return follow(advisorySource(urls.advisories, advisoryKeys), ports, {
    alarms: ({ value }) => (ports.clock() < value.expiresAt ? [] : [UNUSABLE]),
    versionOf: ({ value }) => String(value.version),
  });
}

type Roots = ReadonlyMap<RootRow['name'], Followed<readonly PublishedRoot[]>>;

function followRoots({ urls, anchors, ...ports }: FeedOptions): Roots {
  const tellingOf = (name: RootRow['name']) => ({
    alarms: ({ value }: Held<readonly PublishedRoot[]>) => rootAlarms(compareRoots(anchors[name], value)),
    versionOf: ({ copy }: Held<readonly PublishedRoot[]>) => digestOf(copy.body),
  });
  return new Map(
    ROOT_ROWS.flatMap((row) => {
      const url = urls[row.name];
      return url === undefined ? [] : [[row.name, follow(rootSource(row, url), ports, tellingOf(row.name))] as const];
    }),
  );
}
