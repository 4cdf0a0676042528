import type { Clock } from '@assay/core';
import { type Budget, createBuckets } from './budgets.ts';
import { networkOf } from './network.ts';

/** What routes cost: a challenge is one HMAC, an attestation is public-key work and a transaction. */
export type Cost = 'challenge' | 'refresh' | 'enrol' | 'read';

export interface Budgets {
  /** For each /24 or /48: mobile carriers put thousands of phones behind one address, so these are soft. */
  readonly network: Readonly<Record<Cost, Budget>>;
  /** For each app. */
  readonly app: Readonly<Record<Cost, Budget>>;
  /** For everybody together. */
  readonly all: Readonly<Record<Cost, Budget>>;
}

const per = (perSecond: number, burst = perSecond * 5): Budget => ({ perSecond, burst });

/**
 * For two cores, which appraise some 300 enrolments a second. No more enrolments may come at once than may wait: those beyond
 * would be shed all the same, but after their bodies were read, in one turn of the event loop that every refresh waits for.
 */
export const DEFAULT_BUDGETS: Budgets = {
  network: { challenge: per(20, 200), refresh: per(50, 500), enrol: per(10, 100), read: per(50, 500) },
  app: { challenge: per(2_000), refresh: per(2_000), enrol: per(400, 100), read: per(2_000) },
  all: { challenge: per(4_000), refresh: per(3_000), enrol: per(500, 128), read: per(4_000) },
};

export interface Admission {
  /** Before anything is parsed. Milliseconds to wait, or 0. */
  network(cost: Cost, address: string): number;
  /** Once the app's name is known, still before any key operation. */
  app(cost: Cost, app: string): number;
}

const NETWORKS = 50_000;
const APPS = 10_000;

export function createAdmission(budgets: Budgets, clock: Clock): Admission {
  const costs: readonly Cost[] = ['challenge', 'refresh', 'enrol', 'read'];
  const bucketsOf = (level: keyof Budgets, capacity: number) =>
    new Map(costs.map((cost) => [cost, createBuckets(budgets[level][cost], capacity)]));
  const [networks, apps, all] = [bucketsOf('network', NETWORKS), bucketsOf('app', APPS), bucketsOf('all', 1)];
  return {
    network(cost, address) {
      const now = clock();
      const wait = networks.get(cost)?.take(networkOf(address), now) ?? 0;
      return wait > 0 ? wait : (all.get(cost)?.take('', now) ?? 0);
    },
    app: (cost, app) => apps.get(cost)?.take(app, clock()) ?? 0,
  };
}
