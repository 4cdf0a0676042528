import {
  type AppraisalRecord,
  type CheckResult,
  isAdmitted,
  knownValue,
  type Reason,
  type RuleTrace,
  type Verdict,
} from '@assay/core';
import { FORMATS } from '@assay/evidence';
import type { ServiceEvent } from '@assay/service';

/** One step of a trace as the page shows it. */
export interface FeedStep {
  readonly name: string;
  readonly clause?: string | undefined;
  readonly outcome: string;
  readonly note?: string | undefined;
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
}

/** Something said of a decision beside its outcome: how much it is worth, by which policy, with what exception. */
export interface FeedMark {
  readonly name: string;
  readonly text: string;
  /** What the closed row says too, since the outcome alone would mislead. */
  readonly loud?: string;
}

/** One line of the page, with its trace. Holds no token, key, evidence or device identifier. */
export interface FeedItem {
  readonly at: number;
  /** `phone`: what a phone of a demo came to. It stands beside the feed, one line for each headline. */
  readonly kind: 'appraisal' | 'rejection' | 'call' | 'phone' | 'order';
  readonly outcome: 'pass' | 'refused';
  readonly headline: string;
  readonly subject: string;
  readonly code: string;
  readonly why: string;
  readonly support?: string;
  readonly marks?: readonly FeedMark[];
  readonly steps: readonly FeedStep[];
}

type Reasons = ReadonlyMap<string, Reason>;

/** The page's view of an event; undefined for events that are only counted. */
export function toFeedItem(event: ServiceEvent, reasons: Reasons): FeedItem | undefined {
  if (event.type === 'appraisal') return appraisalItem(event, reasons);
  if (event.type === 'rejection') return rejectionItem(event, reasons);
  if (event.type === 'ban') return banItem(event);
  return undefined;
}

function appraisalItem({ appraisal }: Extract<ServiceEvent, { type: 'appraisal' }>, reasons: Reasons): FeedItem {
  const { at, purpose, verdict, facts, checks, support, record } = appraisal;
  const code = verdict.reasons[0] ?? '';
  return {
    ...{ at, kind: 'appraisal', support, code },
    outcome: isAdmitted(verdict) ? 'pass' : 'refused',
    headline: headlineOf(purpose, verdict),
    subject: [knownValue(facts.device.model), knownValue(facts.platform), knownValue(facts.device.osVersion)]
      .filter(Boolean)
      .join(' · '),
    why: whyOf(code, reasons),
    marks: [...marksOf(verdict, record), ...samplesOf(facts.evidence)],
    steps: [
      ...checks.map(checkStep),
      ...verdict.trace.filter(({ outcome }) => outcome !== 'not_applicable').map(ruleStep),
    ],
  };
}

function headlineOf(purpose: string, { tier, assurance }: Verdict): string {
  return `${purpose}: ${tier}, assurance ${assurance}`;
}

/** In words, and only what there is to say. An order bears its id alone: whom it is about may follow a device. */
function marksOf(verdict: Verdict, { orders = [], rollout, shadows = [] }: AppraisalRecord): readonly FeedMark[] {
  const { tier, assurance, policy, admitted, degraded = [], annotations = {} } = verdict;
  const stage = rollout === undefined ? '' : stageOf(rollout);
  const notes = Object.entries(annotations).map(([name, value]) => `${name} = ${value}`);
  const rows: readonly FeedMark[] = [
    { name: 'tier', text: tier },
    { name: 'assurance', text: assurance },
    { name: 'policy', text: policy },
    { name: 'roll-out', text: stage },
    { name: 'let through', text: admitted ?? '', loud: `let through although refused: ${admitted}` },
    { name: 'degraded', text: degraded.join(', '), loud: `degraded: ${degraded.join(', ')}` },
    { name: 'orders', text: orders.join(', '), loud: 'by order' },
    { name: 'annotations', text: notes.join(', ') },
    { name: 'shadows', text: shadows.map((shadow) => `${shadow.policy}: ${shadow.tier}`).join(', ') },
  ];
  return rows.filter(({ text }) => text !== '');
}

/** Formats that no genuine sample has proven say so wherever they count. */
function samplesOf(evidence: readonly string[]): readonly FeedMark[] {
  const made = FORMATS.filter(({ format, samples }) => samples === 'synthetic' && evidence.includes(format));
  return made.map(({ title }) => ({ name: 'tested with', text: `synthetic samples alone: ${title}` }));
}

function stageOf({ stage, percent }: NonNullable<AppraisalRecord['rollout']>): string {
  return stage === 'enforce' && percent < 100 ? `enforce ${percent} %` : stage;
}

/** A rule of a policy banned somebody. Whom is not said here: a lineage or a key would follow a device. */
function banItem({ order }: Extract<ServiceEvent, { type: 'ban' }>): FeedItem {
  const { id, target, app, author, reason, createdAt, expiresAt } = order;
  const end = expiresAt === null ? 'for good' : new Date(expiresAt).toISOString();
  return {
    ...{ at: createdAt, kind: 'order', outcome: 'refused', headline: `banned: ${target}`, code: '', why: reason },
    ...{ subject: app ?? 'every app', steps: [] },
    marks: [
      { name: 'order', text: id },
      { name: 'by', text: author },
      { name: 'until', text: end },
    ],
  };
}

function rejectionItem({ rejection }: Extract<ServiceEvent, { type: 'rejection' }>, reasons: Reasons): FeedItem {
  const { at, app, code, checks, support } = rejection;
  return {
    ...{ at, kind: 'rejection', outcome: 'refused', support, code },
    headline: checks.length > 0 ? 'evidence does not hold' : 'request refused',
    subject: app,
    why: whyOf(code, reasons),
    steps: checks.map(checkStep),
  };
}

function whyOf(code: string, reasons: Reasons): string {
  const reason = reasons.get(code);
  if (reason === undefined) return '';
  const summary = reason.summary.charAt(0).toUpperCase() + reason.summary.slice(1);
  return `${summary.replace(/\.$/, '')}. Next: ${reason.hint}`;
}

function checkStep({ check, clause, proves, outcome, note, detail }: CheckResult): FeedStep {
  const { expected, found } = detail ?? {};
  return { name: check, clause, outcome, note: note ?? (outcome === 'passed' ? proves : undefined), expected, found };
}

function ruleStep({ rule, outcome, expected, found }: RuleTrace): FeedStep {
  return outcome === 'held' ? { name: rule, outcome, note: found } : { name: rule, outcome, expected, found };
}
