import { pathToFileURL } from 'node:url';
import type { Clock, Fetch, Random } from '@assay/core';
import { loadAppleTrust, loadGoogleHardwareAnchors, loadHuaweiAnchors } from '@assay/evidence';
import {
  createTrustFeed,
  type Trust,
  type TrustFeed,
  type TrustSourceName,
  type TrustState,
  VENDOR_URLS,
} from '@assay/service';
import type { TrustAnchor } from '@assay/x509';
import { refreshesTrust } from '../config/rules.ts';
import type { Config } from '../config/schema.ts';
import { readAdvisoryKeys, readTestRoots } from './files.ts';
import { createNetwork } from './network.ts';
import { openStatusFile, type StatusFile } from './status-file.ts';

/** Day on which the shipped anchors were taken from their vendors. */
const ANCHORS_VERSION = '2026-11-21';
const HOUR_MS = 3_600_000;

/** Whom this process believes: the vendors' roots, or test roots and nothing else. */
export interface LoadedTrust extends Trust, Pick<TrustFeed, 'load' | 'refresh'> {
  /** Epoch milliseconds of the status list's copy, even of one that is too old to count. */
  readonly statusListAt: () => number | undefined;
  readonly isTest: boolean;
}

export type TrustConfig = Pick<
  Config,
  | 'testRoots'
  | 'environments'
  | 'statusList'
  | 'statusListMaxAgeHours'
  | 'trustRefresh'
  | 'trustSources'
  | 'newRoots'
  | 'advisories'
  | 'advisoriesKeys'
>;

export interface TrustPorts {
  readonly clock: Clock;
  readonly random: Random;
  /** Default: Node's own. */
  readonly fetch?: Fetch | undefined;
}

/**
 * Loads trust data. Test roots replace the vendors' roots: one environment never believes both. What is fetched comes later,
 * by {@link LoadedTrust.refresh}.
 *
 * @throws ConfigError `x509.anchor_not_genuine`, `server.test_roots_unreadable`, `server.status_list_unreadable`,
 *   `server.advisories_key_unreadable`
 */
export function loadTrust(config: TrustConfig, { clock, random, fetch }: TrustPorts): LoadedTrust {
  const shipped = config.testRoots === undefined ? vendorAnchors() : testAnchors(config.testRoots);
  const file = config.statusList === undefined ? undefined : openStatusFile(config.statusList, clock);
  const maxAgeMs = config.statusListMaxAgeHours * HOUR_MS;
  const feed = createTrustFeed({
    ...{ clock, random, fetch: createNetwork(fetch), urls: urlsOf(config), statusMaxAgeMs: maxAgeMs },
    advisoryKeys: readAdvisoryKeys(config.advisoriesKeys),
    anchors: {
      'google-roots': shipped.android,
      'apple-attestation-root': shipped.apple.attestation,
      'apple-receipt-root': shipped.apple.receipt,
      'huawei-roots': shipped.huawei,
    },
  });
  const anchors = followedAnchors(shipped, feed, config.newRoots);
  return {
    ...{ apple: shipped.apple, huawei: shipped.huawei, isTest: shipped.isTest },
    get android(): readonly TrustAnchor[] {
      return anchors.android();
    },
    get version(): string {
      return anchors.version();
    },
    ...(file === undefined ? statusOf(feed) : statusOfFile(file, clock, maxAgeMs)),
    ...{ advisories: feed.advisories, advisoriesAreMissing: feed.advisoriesAreMissing },
    state: (): TrustState => ({
      ...{ anchors: anchors.version(), trustedRoots: anchors.added(), newRoots: config.newRoots },
      sources: [...(file === undefined ? [] : [file.state(maxAgeMs)]), ...feed.states()],
    }),
    ...{ load: feed.load, refresh: feed.refresh },
  };
}

interface Shipped extends Pick<Trust, 'apple' | 'android' | 'huawei' | 'version'> {
  readonly isTest: boolean;
}

function vendorAnchors(): Shipped {
  const [apple, android, huawei] = [loadAppleTrust(), loadGoogleHardwareAnchors(), loadHuaweiAnchors()];
  return { apple, android, huawei, version: ANCHORS_VERSION, isTest: false };
}

/** Each kind of anchor that Huawei's two services ask for. */
const HUAWEI_KINDS = ['hms', 'harmony'] as const;

function testAnchors(path: string): Shipped {
  const roots = readTestRoots(path);
  const huawei = HUAWEI_KINDS.flatMap((kind) => roots.map((root) => ({ ...root, kind })));
  return { apple: { attestation: roots, receipt: roots }, android: roots, huawei, version: 'test', isTest: true };
}

/** The shipped roots, and those that Google publishes since where the operator chose to believe them. */
function followedAnchors(shipped: Shipped, feed: TrustFeed, newRoots: Config['newRoots']) {
  const none: readonly TrustAnchor[] = [];
  const added = () => (newRoots === 'trust' && !shipped.isTest ? feed.newRoots('google-roots') : none);
  return {
    android: (): readonly TrustAnchor[] => (added().length === 0 ? shipped.android : [...shipped.android, ...added()]),
    /** Says which set it is: a record must not name another one's. */
    version: (): string => [shipped.version, ...added().map(({ id }) => id)].join('+'),
    added: (): readonly string[] => added().map(({ id }) => id),
  };
}

type Status = Pick<LoadedTrust, 'statusList' | 'statusListAt'>;

const statusOf = ({ statusList, statusListAt }: TrustFeed): Status => ({ statusList, statusListAt });

function statusOfFile(file: StatusFile, clock: Clock, maxAgeMs: number): Status {
  return {
    statusList: () => {
      const { copy, at } = file.read();
      return clock() - at <= maxAgeMs ? copy : undefined;
    },
    statusListAt: () => file.read().at,
  };
}

type Urls = Partial<Record<TrustSourceName, string>>;

/** Beside test roots only what says nothing about roots is fetched, and a status list that is a file is not. */
function urlsOf(config: TrustConfig): Urls {
  const { testRoots, statusList, trustSources, advisories } = config;
  const overrides = Object.fromEntries(trustSources.map(({ source, url }) => [source, url]));
  const all = Object.entries({ ...VENDOR_URLS, ...overrides });
  const vendors = all.filter(([source]) =>
    source === 'google-status' ? statusList === undefined : testRoots === undefined,
  );
  return {
    ...(refreshesTrust(config) ? Object.fromEntries(vendors) : {}),
    ...(advisories === undefined ? {} : { advisories: addressOf(advisories) }),
  };
}

/** An address as it is, a path as a `file:` address. */
function addressOf(place: string): string {
  return /^https?:\/\//.test(place) ? place : pathToFileURL(place).href;
}
