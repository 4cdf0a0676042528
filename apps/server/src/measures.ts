import { X509Certificate } from 'node:crypto';
import type { Metrics, Sample } from '@assay/http';
import { STRICT_DEVELOPMENT_POLICY, STRICT_POLICY } from '@assay/policy';
import type { Service } from '@assay/service';
import { z } from 'zod';
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

const Versioned = z.looseObject({ version: z.number() });

/** By name: a registered policy takes the place of the built-in one that it is named after. */
async function policies({ store, issuers }: Service): Promise<readonly Sample[]> {
  const samples = [...issuers.values()].map(async ({ iss, tenant, env }) => {
    const registered = await store.listRegistered(iss, 'policy');
    const versions = new Map([STRICT_POLICY, STRICT_DEVELOPMENT_POLICY].map(({ name, version }) => [name, version]));
    for (const { id, value } of registered) versions.set(id, Versioned.parse(JSON.parse(value)).version);
    return [...versions].map(([policy, version]) => ({
      labels: { tenant, env, policy, version: String(version) },
      value: 1,
    }));
  });
  return (await Promise.all(samples)).flat();
}
