import type { Certificate } from '../certificate.ts';
import type { X509Code } from '../reasons.ts';
import { type CtLog, operatorAt } from './log.ts';
import type { CtLifetimeRow, CtPolicy, CtWay, SctOrigin } from './policy.ts';
import type { SctOutcome } from './verify-sct.ts';

export interface CtEvaluationInput {
  readonly leaf: Pick<Certificate, 'notBefore' | 'notAfter'>;
  /** Every timestamp that came with the certificate and what verifySct made of it; only valid ones can count. */
  readonly scts: readonly { readonly origin: SctOrigin; readonly outcome: SctOutcome }[];
  /** Time of the check, epoch milliseconds. */
  readonly at: number;
}

export type CtPolicyCode = Extract<X509Code, `ct.policy_${string}`>;

/** One demand of one way, and what was there. */
export interface CtPolicyRow {
  readonly way: string;
  /** The code that stands in `why` when it is not met. */
  readonly code: CtPolicyCode;
  readonly wanted: number;
  readonly found: number;
  readonly met: boolean;
}

export interface CtEvaluation {
  readonly met: boolean;
  /** What the way that came nearest lacks; empty when the policy is met. */
  readonly why: readonly CtPolicyCode[];
  readonly rows: readonly CtPolicyRow[];
}

/**
 * Evaluates a policy over timestamps that were verified. Logs count once however often they signed, in the state that the
 * list gives them; the list is the one that the outcomes were made with.
 */
export function evaluateCtPolicy(policy: CtPolicy, input: CtEvaluationInput): CtEvaluation {
  const ways = policy.ways.map((way) => rowsOf(way, policy, input));
  const lacking = ways.map((rows) => rows.filter(({ met }) => !met).map(({ code }) => code));
  const met = lacking.some((codes) => codes.length === 0);
  const fewest = Math.min(...lacking.map((codes) => codes.length));
  return { met, why: lacking.find((codes) => codes.length === fewest) ?? [], rows: ways.flat() };
}

/** A timestamp that this way looks at. */
interface Counted {
  readonly log: CtLog;
  readonly origin: SctOrigin;
  readonly operator: string;
  readonly isCurrent: boolean;
}

type Measure = (counted: readonly Counted[], lifetime: CtLifetimeRow) => number;

/** What each demand counts; how many it wants is in the policy's data. */
const DEMANDS: readonly {
  readonly code: CtPolicyCode;
  readonly wanted: (way: CtWay, lifetime: CtLifetimeRow) => number;
  readonly found: Measure;
}[] = [
  {
    code: 'ct.policy_count',
    wanted: (_, { scts }) => scts,
    found: (counted, { perOperator }) => countLogs(counted, perOperator),
  },
  {
    code: 'ct.policy_current',
    wanted: ({ current }) => current,
    found: (counted) => logsOf(counted.filter(({ isCurrent }) => isCurrent)).size,
  },
  {
    code: 'ct.policy_delivered',
    wanted: ({ delivered }) => delivered,
    found: (counted) => counted.filter(({ origin }) => origin !== 'embedded').length,
  },
  {
    code: 'ct.policy_operators',
    wanted: ({ operators }) => operators,
    found: (counted) => new Set(counted.map(({ operator }) => operator)).size,
  },
  {
    code: 'ct.policy_rfc6962',
    wanted: ({ rfc6962 }) => rfc6962,
    found: (counted) => logsOf(counted.filter(({ log }) => log.api === 'rfc6962')).size,
  },
];

function rowsOf(way: CtWay, policy: CtPolicy, input: CtEvaluationInput): readonly CtPolicyRow[] {
  const days = daysOf(input.leaf);
  const lifetime = way.lifetimes.find(({ maxDays }) => days <= maxDays);
  if (lifetime === undefined) {
    return [
      { way: way.id, code: 'ct.policy_lifetime', wanted: way.lifetimes.at(-1)?.maxDays ?? 0, found: days, met: false },
    ];
  }
  const counted = countedBy(way, policy, input);
  return DEMANDS.map(({ code, ...demand }) => {
    const [wanted, found] = [demand.wanted(way, lifetime), demand.found(counted, lifetime)];
    return { way: way.id, code, wanted, found, met: found >= wanted };
  });
}

const DAY = 86_400_000;

/** Days begun from notBefore through notAfter, both included (RFC 5280 4.1.2.5): 180 days to the second are 181. */
function daysOf({ notBefore, notAfter }: CtEvaluationInput['leaf']): number {
  return Math.ceil((notAfter + 1000 - notBefore) / DAY);
}

function countedBy(way: CtWay, policy: CtPolicy, { scts, at }: CtEvaluationInput): readonly Counted[] {
  return scts.flatMap(({ origin, outcome }) => {
    if (outcome.status !== 'valid' || !way.origins.includes(origin)) return [];
    const { log, timestamp } = outcome;
    const standing = standingOf(log, policy, timestamp, at);
    if (standing === 'none' || (standing === 'retired' && !way.admitsRetired)) return [];
    return [{ log, origin, operator: operatorAt(log, timestamp), isCurrent: standing === 'current' }];
  });
}

/** A retired log vouches for what it signed before it was retired; until then it is approved. Nothing else does. */
function standingOf(
  { state }: CtLog,
  { approved }: CtPolicy,
  timestamp: number,
  at: number,
): 'current' | 'retired' | 'none' {
  if (state === undefined) return 'none';
  if (approved.includes(state.name)) return 'current';
  if (state.name !== 'retired') return 'none';
  if (at < state.since) return 'current';
  return timestamp < state.since ? 'retired' : 'none';
}

function logsOf(counted: readonly Counted[]): ReadonlySet<string> {
  return new Set(counted.map(({ log }) => log.id));
}

/** Distinct logs, no more than `perOperator` of each operator. */
function countLogs(counted: readonly Counted[], perOperator: number): number {
  const operators = [...new Set(counted.map(({ operator }) => operator))];
  const ownLogs = operators.map((name) => logsOf(counted.filter(({ operator }) => operator === name)).size);
  return ownLogs.reduce((sum, own) => sum + Math.min(own, perOperator), 0);
}
