import { AssayError } from '@assay/core';
import type { EventBus, ServiceEvent } from '@assay/service';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Metrics in the Prometheus form. Never labelled by device, user or anything that a client chooses. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** Adds a number that is asked for at each scrape. */
  gauge(name: `assay_${string}`, help: string, labels: Labels, value: () => number): void;
  /** Adds numbers that are asked for at each scrape, whatever their labels' values are by then; none while they cannot be read. */
  gauges(
    name: `assay_${string}`,
    help: string,
    labelNames: readonly string[],
    read: () => Promise<readonly Sample[]>,
  ): void;
}

type Labels = Readonly<Record<string, string>>;

/** One number with the values of its labels. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

export interface MetricsOptions {
  readonly events: EventBus;
  readonly version: string;
  /** Epoch milliseconds of the status list's copy, or undefined when there is none. */
  readonly statusListAt: () => number | undefined;
  readonly clock: () => number;
}

export function createMetrics({ events, version, statusListAt, clock }: MetricsOptions): Metrics {
  const registry = new Registry();
  const count = counters(registry);
  events.subscribe((event) => record(event, count));
  const gauge: Metrics['gauge'] = (...row) => addGauge(registry, ...row);
  gauge('assay_build_info', 'Version of this server', { version }, () => 1);
  gauge('assay_revocation_list_age_seconds', 'Age of the status list', { source: 'google' }, () => {
    const at = statusListAt();
    return at === undefined ? Number.NaN : (clock() - at) / 1000;
  });
  const gauges: Metrics['gauges'] = (...row) => addGauges(registry, ...row);
  return { contentType: registry.contentType, text: () => registry.metrics(), gauge, gauges };
}

type Counters = ReturnType<typeof counters>;

function counters(registry: Registry) {
  const registers = [registry];
  return {
    attestations: new Counter({
      ...{ name: 'assay_attestations_total', help: 'Appraisals and rejections', registers },
      labelNames: ['platform', 'evidence', 'verdict', 'reason'],
    }),
    duration: new Histogram({
      ...{ name: 'assay_attestation_duration_seconds', help: 'Time from request to decision', registers },
      labelNames: ['phase'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    }),
    challenges: new Counter({
      ...{
        name: 'assay_challenges_total',
        help: 'Challenges issued, and requests whose challenge was of no use',
        registers,
      },
      labelNames: ['result'],
    }),
    tokens: new Counter({
      ...{ name: 'assay_tokens_issued_total', help: 'Tokens issued', registers },
      labelNames: ['platform', 'assurance'],
    }),
    reappraisals: new Counter({
      ...{ name: 'assay_reappraisals_total', help: 'Stored appraisals that were judged again', registers },
      labelNames: ['cause', 'verdict'],
    }),
    deliveries: new Counter({
      ...{
        name: 'assay_secret_deliveries_total',
        help: 'Secrets sealed to a device, or held back by the daily limit',
        registers,
      },
      labelNames: ['secret', 'result'],
    }),
    disagreements: new Counter({
      ...{
        name: 'assay_policy_shadow_disagreements_total',
        help: 'Decisions that a watched policy would have made otherwise',
        registers,
      },
      labelNames: ['policy', 'shadow', 'would'],
    }),
    shadowFaults: new Counter({
      ...{ name: 'assay_policy_shadow_faults_total', help: 'Watched policies that could not be evaluated', registers },
      labelNames: ['policy', 'reason'],
    }),
    banMarks: new Counter({
      ...{
        name: 'assay_ban_marks_total',
        help: 'Marks of bans that were written at vendors, or failed to be',
        registers,
      },
      labelNames: ['vendor', 'outcome'],
    }),
    bans: new Counter({
      ...{ name: 'assay_automatic_bans_total', help: 'Bans that a rule of a policy gave', registers },
      labelNames: ['rule', 'target'],
    }),
  };
}

/** Codes of requests that came with a challenge of no use. */
const CHALLENGE = /^(?:tokens|service)\.challenge_/;

function record(event: ServiceEvent, count: Counters): void {
  switch (event.type) {
    case 'appraisal': {
      const { platform, format, verdict } = event.appraisal;
      const reason = verdict.reasons[0] ?? '';
      count.attestations.inc({ platform: platform ?? 'unknown', evidence: format, verdict: verdict.tier, reason });
      for (const [phase, ms] of Object.entries(event.timings)) count.duration.observe({ phase }, ms / 1000);
      return;
    }
    case 'rejection':
      count.attestations.inc({
        platform: 'unknown',
        evidence: 'invalid',
        verdict: 'rejected',
        reason: event.rejection.code,
      });
      if (CHALLENGE.test(event.rejection.code)) count.challenges.inc({ result: event.rejection.code });
      return;
    case 'challenge':
      count.challenges.inc({ result: 'issued' });
      return;
    case 'token':
      count.tokens.inc({ platform: event.platform, assurance: event.assurance });
      return;
    case 'reappraisal':
      count.reappraisals.inc({ cause: event.reappraisal.cause, verdict: event.reappraisal.verdict.tier });
      return;
    case 'delivery':
      count.deliveries.inc({ secret: event.secret, result: event.delivered ? 'delivered' : 'limited' });
      return;
    case 'disagreement':
      count.disagreements.inc({ policy: event.enforced, shadow: event.shadow, would: event.would });
      return;
    case 'shadow_fault':
      count.shadowFaults.inc({ policy: event.policy, reason: event.code });
      return;
    case 'ban_mark':
      count.banMarks.inc({ vendor: event.vendor, outcome: event.outcome });
      return;
    case 'ban':
      count.bans.inc({ rule: event.order.author, target: event.order.target });
  }
}

function addGauge(registry: Registry, ...[name, help, labels, value]: Parameters<Metrics['gauge']>): void {
  addGauges(registry, name, help, Object.keys(labels), async () => [{ labels, value: value() }]);
}

function addGauges(registry: Registry, ...[name, help, labelNames, read]: Parameters<Metrics['gauges']>): void {
  new Gauge({
    ...{ name, help, labelNames: [...labelNames], registers: [registry] },
    async collect() {
      const samples = await read().catch(nothingOnFault);
      this.reset();
      for (const { labels, value } of samples) this.set(labels, value);
    },
  });
}

/** What cannot be read now is missing from the scrape. All the other metrics are wanted most in an outage. */
function nothingOnFault(error: unknown): readonly Sample[] {
  if (error instanceof AssayError) return [];
  throw error;
}
