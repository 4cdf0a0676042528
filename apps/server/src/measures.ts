import { X509Certificate } from 'node:crypto';
import type { Order } from '@assay/core';
import type { Metrics, Sample } from '@assay/http';
import { PRESETS } from '@assay/policy';
import type { Service } from '@assay/service';
import type { Config } from './config/schema.ts';
import type { LivePage } from './live/routes.ts';
import type { TlsFiles } from './tls.ts';

const APP_LABELS = ['tenant', 'env', 'app'] as const;

interface Measured {
  readonly service: Service;
  readonly config: Pick<Config, 'origin'>;
  readonly live: LivePage | undefined;
  /** The TLS pair in force. */
  readonly served: () => TlsFiles | undefined;
}

/** What the server is set up with, beside what it counts. Read from the store at each scrape: there are few of each. */
export function measure(metrics: Metrics, { service, config, live, served }: Measured): void {
  metrics.gauge('assay_sse_clients', 'Pages that listen to the live stream', {}, () => live?.listeners ?? 0);
  metrics.gauges('assay_pinset_info', 'Published pin set of an app', [...APP_LABELS, 'epoch', 'version'], async () =>
    (await pinSets(service)).map(({ labels, epoch, version }) => ({
      labels: { ...labels, epoch: String(epoch), version: String(version) },
      value: 1,
    })),
  );
  metrics.gauges('assay_pinset_published_timestamp_seconds', 'When it was published', APP_LABELS, async () =>
    (await pinSets(service)).map(({ labels, publishedAt }) => ({ labels, value: publishedAt / 1_000 })),
  );
  metrics.gauges('assay_keys_unproven', 'Rows of token keys that were not sealed here', ['tenant', 'env'], () =>
    unprovenKeys(service),
  );
  metrics.gauges('assay_policy_info', 'Policies that apps may name', ['tenant', 'env', 'policy', 'version'], () =>
    policies(service),
  );
  metrics.gauges('assay_policies_broken', 'Newest versions that no longer compile', ['tenant', 'env'], () =>
    brokenPolicies(service),
  );
  metrics.gauges('assay_orders_active', 'Orders in force, by effect', ['tenant', 'env', 'effect'], () =>
    activeOrders(service),
  );
  metrics.gauges('assay_enforcement_off', 'Whether the policy of an app rests by an order', APP_LABELS, () =>
    restingApps(service),
  );
  measureCertificate(metrics, new URL(config.origin).hostname, served);
}

/** Of the pair in force, not of the file: a renewal that was never loaded must not look like one. */
function measureCertificate(metrics: Metrics, host: string, served: () => TlsFiles | undefined): void {
  const name = 'assay_certificate_expiry_timestamp_seconds';
  metrics.gauges(name, 'End of the TLS certificate that is served', ['host'], async () => {
    const files = served();
    if (files === undefined) return [];
    return [{ labels: { host }, value: new X509Certificate(files.cert).validToDate.getTime() / 1_000 }];
  });
}

/** More than none: somebody wrote to the table who does not hold the key-encryption key. */
async function unprovenKeys({ keys, issuers }: Service): Promise<readonly Sample[]> {
  const samples = [...issuers.values()].map(async ({ iss, tenant, env }) => {
    return { labels: { tenant, env }, value: (await keys.of(iss)).unproven };
  });
  return Promise.all(samples);
}

async function pinSets({ store, issuers }: Service) {
  const sets = [...issuers.values()].map(async ({ iss, tenant, env }) => {
    const apps = await store.listRegistered(iss, 'app');
    const newest = await Promise.all(apps.map(({ id }) => store.newestPinSet(iss, id)));
    return newest.flatMap((set) => (set === undefined ? [] : [{ ...set, labels: { tenant, env, app: set.app } }]));
  });
  return (await Promise.all(sets)).flat();
}

/** By name: a stored policy takes the place of a preset that a later release named alike. */
async function policies({ store, issuers }: Service): Promise<readonly Sample[]> {
  const samples = [...issuers.values()].map(async ({ iss, tenant, env }) => {
    const versions = new Map(PRESETS.map(({ name, policy }) => [name, policy.version]));
    for (const { name, version } of await store.policies(iss)) versions.set(name, version);
    return [...versions].map(([policy, version]) => ({
      labels: { tenant, env, policy, version: String(version) },
      value: 1,
    }));
  });
  return (await Promise.all(samples)).flat();
}

/** More than none: a version that was in force does not compile any more, and the one before it is. */
async function brokenPolicies({ policies: keeper, issuers }: Service): Promise<readonly Sample[]> {
  const samples = [...issuers.values()].map(async ({ iss, tenant, env }) => {
    return { labels: { tenant, env }, value: (await keeper.broken(iss)).length };
  });
  return Promise.all(samples);
}

const EFFECTS = ['ban', 'pass', 'policy', 'enforce_off'] as const;
/** As many orders as are counted one by one; a table that holds more is full of automatic bans. */
const MAX_COUNTED = 10_000;
const PAGE = 500;

async function inForce({ store, clock }: Service, iss: string): Promise<readonly Order[]> {
  const found: Order[] = [];
  for (let before: string | undefined; found.length < MAX_COUNTED; before = found.at(-1)?.id) {
    const page = await store.orders(iss, { at: clock(), ...(before === undefined ? {} : { before }), limit: PAGE });
    found.push(...page);
    if (page.length < PAGE) break;
  }
  return found;
}

async function activeOrders(service: Service): Promise<readonly Sample[]> {
  const samples = [...service.issuers.values()].map(async ({ iss, tenant, env }) => {
    const orders = await inForce(service, iss);
    return EFFECTS.map((effect) => ({
      labels: { tenant, env, effect },
      value: orders.filter((order) => order.effect === effect).length,
    }));
  });
  return (await Promise.all(samples)).flat();
}

/** 1 for each app whose policy rests now. */
async function restingApps(service: Service): Promise<readonly Sample[]> {
  const samples = [...service.issuers.values()].map(async ({ iss, tenant, env }) => {
    const apps = (await service.store.listRegistered(iss, 'app')).map(({ id }) => id);
    const targets = apps.map((value) => ({ target: 'app' as const, value }));
    const orders = await service.store.ordersFor(iss, targets, service.clock());
    const resting = new Set(orders.filter(({ effect }) => effect === 'enforce_off').map(({ value }) => value));
    return apps.map((app) => ({ labels: { tenant, env, app }, value: resting.has(app) ? 1 : 0 }));
  });
  return (await Promise.all(samples)).flat();
}
