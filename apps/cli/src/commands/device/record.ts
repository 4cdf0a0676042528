import type { CheckResult, RuleTrace } from '@assay/core';
import { z } from 'zod';
import { moment } from '../../duration.ts';
import { Order, showOrders } from '../../orders/order.ts';
import { plain, type Speech } from '../../speech.ts';
import { showChecks, showRules } from '../evidence/show.ts';

/** One fact, as it is shown: its value, and how that is known. */
const Fact = z.looseObject({ known: z.enum(['proven', 'claimed', 'absent']), value: z.unknown().optional() });
const Section = z.record(z.string(), Fact).optional();
const Judged = { tier: z.string(), assurance: z.string(), reasons: z.array(z.string()) };

const Check: z.ZodType<CheckResult> = z.looseObject({
  check: z.string(),
  clause: z.string(),
  proves: z.string(),
  outcome: z.enum(['passed', 'failed', 'not_run']),
  note: z.string().exactOptional(),
  code: z.string().exactOptional(),
  detail: z
    .looseObject({ expected: z.string().optional(), found: z.string().optional(), hint: z.string().optional() })
    .exactOptional(),
});

const Rule: z.ZodType<RuleTrace> = z.looseObject({
  rule: z.string(),
  outcome: z.enum(['held', 'failed', 'not_applicable']),
  code: z.string().exactOptional(),
  expected: z.string(),
  found: z.string(),
  known: z.enum(['proven', 'claimed', 'absent', 'mixed']),
});

const Facts = z.looseObject({
  platform: Fact.optional(),
  app: Section,
  key: Section,
  device: Section,
  threats: Section,
});

const Shadow = z.looseObject({ ...Judged, policy: z.string() });

const Appraisal = z.looseObject({
  id: z.string().optional(),
  app: z.string(),
  at: z.number(),
  purpose: z.string(),
  format: z.string().optional(),
  jkt: z.string().optional(),
  lineage: z.string().optional(),
  checks: z.array(Check),
  facts: Facts.optional(),
  verdict: z.looseObject({
    ...Judged,
    policy: z.string(),
    trace: z.array(Rule),
    annotations: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    degraded: z.array(z.string()).optional(),
    admitted: z.string().optional(),
  }),
  record: z
    .looseObject({
      shadows: z.array(Shadow).optional(),
      rollout: z.looseObject({ stage: z.string(), percent: z.number() }).optional(),
    })
    .optional(),
});

const Rejection = z.looseObject({ app: z.string(), at: z.number(), code: z.string(), checks: z.array(Check) });

/** What the admin API keeps under a support code. */
export const SupportRecord = z.looseObject({
  appraisal: Appraisal.nullable(),
  rejection: Rejection.nullable(),
  orders: z.array(Order).optional(),
  standing: z.array(Order).optional(),
  reappraisals: z
    .array(z.looseObject({ at: z.number(), cause: z.string(), verdict: z.looseObject(Judged) }))
    .optional(),
});

export type SupportRecord = z.output<typeof SupportRecord>;

/** Everything that is known under a support code, in the order in which people at support ask. */
export function showRecord(speech: Speech, record: SupportRecord): void {
  const { appraisal, rejection, orders = [], standing = [], reappraisals = [] } = record;
  if (appraisal !== null) showAppraisal(speech, appraisal, orders);
  for (const { at, cause, verdict } of reappraisals) {
    speech.out(`judged again ${moment(at)}, ${plain(cause)}: ${outcomeOf(verdict)}`);
  }
  if (standing.length > 0) {
    speech.out('Orders in force now');
    showOrders(speech, standing);
  }
  if (rejection === null) return;
  const { app, at, code, checks } = rejection;
  speech.out(`${speech.paint('bold', plain(app))}  ${timeOf(at)}  ${speech.paint('red', 'rejected')} ${plain(code)}`);
  if (checks.length > 0) showChecks(speech, checks);
}

type Appraisal = z.output<typeof Appraisal>;

function showAppraisal(speech: Speech, appraisal: Appraisal, orders: readonly Order[]): void {
  const { app, at, purpose, checks, verdict } = appraisal;
  speech.out(`${speech.paint('bold', plain(app))}  ${timeOf(at)}  ${plain(purpose)}`);
  showInstall(speech, appraisal);
  speech.out('Evidence');
  showChecks(speech, checks);
  showDevice(speech, appraisal);
  speech.out(`Policy ${plain(verdict.policy)}`);
  showRules(speech, verdict.trace.map(withKnown));
  showCircumstances(speech, appraisal, orders);
  speech.out(speech.paint('bold', outcomeOf(verdict)));
  const { admitted } = verdict;
  if (admitted !== undefined)
    speech.out(speech.paint(['bold', 'yellow'], `LET THROUGH all the same: ${plain(admitted)}`));
}

/** How it is known, where what was found does not say so of each fact by itself. */
function withKnown<T extends Appraisal['verdict']['trace'][number]>(rule: T): T {
  const isSaid = rule.found.includes(`(${rule.known})`) || rule.found.endsWith(rule.known) || rule.known === 'mixed';
  return isSaid ? rule : { ...rule, found: `${rule.found} (${rule.known})` };
}

/** What other commands take: the event for a replay, the key and the lineage for orders. */
function showInstall(speech: Speech, { id, jkt, lineage, format }: Appraisal): void {
  const named = Object.entries({ event: id, install: lineage, key: jkt, evidence: format });
  for (const [name, value] of named) {
    if (value !== undefined) speech.out(speech.paint('dim', `  ${name.padEnd(9)}${plain(value)}`));
  }
}

/** What people at support ask first. */
const TOLD: readonly (readonly ['app' | 'device' | 'key', string])[] = [
  ...(['version', 'build'] as const).map((name) => ['app', name] as const),
  ...(['brand', 'model', 'osVersion', 'osBuild', 'osPatch', 'bootState', 'locked'] as const).map(
    (name) => ['device', name] as const,
  ),
  ['key', 'protection'],
];

function showDevice(speech: Speech, { facts }: Appraisal): void {
  if (facts === undefined) return;
  const told = TOLD.flatMap(([section, name]) => {
    const fact = facts[section]?.[name];
    return fact === undefined || fact.known === 'absent' ? [] : [[`${section}.${name}`, fact] as const];
  });
  const raised = Object.entries(facts.threats ?? {}).filter(([, fact]) => fact.value === true);
  if (told.length + raised.length > 0) speech.out('Device');
  for (const [name, { value, known }] of told) {
    speech.out(`  ${name.padEnd(17)} ${plain(String(value), 100)} ${speech.paint('dim', `(${known})`)}`);
  }
  for (const [name, { known }] of raised)
    speech.out(`  ${speech.paint('yellow', 'raised')}            ${plain(name)} (${known})`);
}

/** Whatever had a say beside the rules, or would have had. */
function showCircumstances(speech: Speech, { verdict, record }: Appraisal, orders: readonly Order[]): void {
  const { degraded = [], annotations = {} } = verdict;
  if (degraded.length > 0) speech.out(`  could not be asked: ${plain(degraded.join(', '))}`);
  for (const [name, value] of Object.entries(annotations))
    speech.out(`  in the token: ${plain(name)} = ${plain(String(value))}`);
  const rollout = record?.rollout;
  if (rollout !== undefined) {
    const share = rollout.stage === 'enforce' && rollout.percent < 100 ? ` ${rollout.percent} %` : '';
    speech.out(`  roll-out: ${plain(rollout.stage)}${share}`);
  }
  for (const shadow of record?.shadows ?? []) speech.out(`  shadow ${plain(shadow.policy)}: ${outcomeOf(shadow)}`);
  if (orders.length > 0) speech.out('Orders that had a say');
  showOrders(speech, orders);
}

function outcomeOf({ tier, assurance, reasons }: Pick<Appraisal['verdict'], 'tier' | 'assurance' | 'reasons'>): string {
  const why = reasons.length === 0 ? '' : `  ${plain(reasons.join(', '))}`;
  return `${plain(tier)}, assurance ${plain(assurance)}${why}`;
}

const timeOf = (at: number): string => new Date(at).toISOString();
