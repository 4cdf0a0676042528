import { type CheckResult, isAdmitted, knownValue, type Reason, type RuleTrace, type Verdict } from '@assay/core';
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

/** One line of the page, with its trace. Holds no token, key, evidence or device identifier. */
export interface FeedItem {
  readonly at: number;
  /** `phone`: what a phone of a demo came to. It stands beside the feed, one line for each headline. */
  readonly kind: 'appraisal' | 'rejection' | 'call' | 'phone';
  readonly outcome: 'pass' | 'refused';
  readonly headline: string;
  readonly subject: string;
  readonly code: string;
  readonly why: string;
  readonly support?: string;
  readonly steps: readonly FeedStep[];
}

type Reasons = ReadonlyMap<string, Reason>;

/** The page's view of an event; undefined for events that are only counted. */
export function toFeedItem(event: ServiceEvent, reasons: Reasons): FeedItem | undefined {
  if (event.type === 'appraisal') return appraisalItem(event, reasons);
  if (event.type === 'rejection') return rejectionItem(event, reasons);
  return undefined;
}

function appraisalItem({ appraisal }: Extract<ServiceEvent, { type: 'appraisal' }>, reasons: Reasons): FeedItem {
  const { at, purpose, verdict, facts, checks, support } = appraisal;
  const code = verdict.reasons[0] ?? '';
  return {
    ...{ at, kind: 'appraisal', support, code },
    outcome: isAdmitted(verdict) ? 'pass' : 'refused',
    headline: headlineOf(purpose, verdict),
    subject: [knownValue(facts.device.model), knownValue(facts.platform), knownValue(facts.device.osVersion)]
      .filter(Boolean)
      .join(' · '),
    why: whyOf(code, reasons),
    steps: [
      ...checks.map(checkStep),
      ...verdict.trace.filter(({ outcome }) => outcome !== 'not_applicable').map(ruleStep),
    ],
  };
}

function headlineOf(purpose: string, { tier, assurance, admitted }: Verdict): string {
  const verdict = `${purpose}: ${tier}, assurance ${assurance}`;
  return admitted === undefined ? verdict : `${verdict}, let through: ${admitted}`;
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
