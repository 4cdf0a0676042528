import { AssayError, type CheckResult, ConfigError, type Fact, type Facts, noFacts } from '@assay/core';
import type { Appraisal } from '../shared/appraisal.ts';
import type { CustomProven, EvidenceFormat, PieceContext } from './format.ts';
import { faultsOfFormat } from './shape.ts';

/** A format whose code does something else than it declares: a programming fault, never a decision. */
export class FormatMisbehaved extends Error {
  override readonly name = 'FormatMisbehaved';
}

const DEFINED = new WeakSet<EvidenceFormat>();

/**
 * Takes a format of an operator's own: its description is checked as a whole, and its verifier is held to it from now on. A
 * result that does not fit the description is thrown and becomes neither acceptance nor refusal.
 *
 * @throws ConfigError `port.format_invalid`, naming everything that is wrong
 */
export function defineFormat(described: EvidenceFormat): EvidenceFormat {
  if (DEFINED.has(described)) return described;
  const faults = faultsIn(described);
  if (faults.length > 0) {
    throw new ConfigError('port.format_invalid', 'a format of evidence is not described as it must be', {
      expected: faults.slice(0, 12).join('; '),
      hint: 'docs/evidence-port.md has a whole example',
    });
  }
  const format: EvidenceFormat = Object.freeze({
    ...described,
    verify: (token: string, context: PieceContext) => held(described, token, context),
  });
  DEFINED.add(format);
  return format;
}

/** A module may come without types, so that a member may be missing or of another type. */
function faultsIn(described: EvidenceFormat): readonly string[] {
  try {
    return [...faultsOfFormat(described), ...(typeof described.verify === 'function' ? [] : ['verify: a function'])];
  } catch (error) {
    if (error instanceof TypeError) return ['a member is missing or of another type'];
    throw error;
  }
}

function held(format: EvidenceFormat, token: string, context: PieceContext): Appraisal<CustomProven> {
  if (context.apps.length === 0) {
    throw new ConfigError('port.apps_empty', `no name of the app is registered for ${format.role}`);
  }
  const appraisal = appraised(format, token, context);
  const fault = misfitOf(format, appraisal);
  if (fault === undefined) return appraisal;
  throw new FormatMisbehaved(`${format.role}: ${fault}`);
}

/** A refusal is an appraisal with the checks that ran: a coded error thrown past them would pass for one without. */
function appraised(format: EvidenceFormat, token: string, context: PieceContext): Appraisal<CustomProven> {
  try {
    return format.verify(token, context);
  } catch (cause) {
    if (!(cause instanceof AssayError) || cause instanceof ConfigError) throw cause;
    throw new FormatMisbehaved(`${format.role}: ${cause.code} thrown and not appraised`, { cause });
  }
}

/** What an appraisal says that its format never declared. It may come from a module without types: nothing of it is taken as given. */
function misfitOf(format: EvidenceFormat, appraisal: Appraisal<CustomProven>): string | undefined {
  const { checks, outcome } = appraisal;
  if (!Array.isArray(checks) || !reports(checks, format)) {
    return 'the appraisal does not report the declared checks in their order';
  }
  if (outcome === 'rejected') return misfitOfRefusal(format, appraisal.error);
  if (outcome !== 'verified') return 'the appraisal has no outcome';
  if (!checks.every((each) => each.outcome === 'passed')) return 'verified although a check has not passed';
  const { facts, proven } = appraisal;
  if (!isLike(facts, noFacts())) return 'the facts are not whole: begin with noFacts()';
  if (facts.evidence.join() !== format.role || !factsIn(facts).every((fact) => isBy(fact, format.role))) {
    return 'the facts name another format than its own';
  }
  return isLike(proven, SOMEBODY) && proven.subject !== '' ? undefined : 'the evidence is about nobody';
}

const FACT_SECTIONS = ['app', 'key', 'device', 'chain', 'runtime', 'history', 'threats'] as const;

const factsIn = (facts: Facts): readonly (Fact<unknown> | undefined)[] => [
  facts.platform,
  ...FACT_SECTIONS.flatMap((section) => Object.values(facts[section])),
];

/** Whose word a fact is decides what may replace it: nobody speaks for another. */
const isBy = (fact: Fact<unknown> | undefined, role: string): boolean =>
  fact === undefined || fact.known === 'absent' || fact.by === role;

const SOMEBODY: CustomProven = { subject: 'somebody' };

const reports = (checks: readonly CheckResult[], format: EvidenceFormat): boolean =>
  checks.length === format.checks.length && format.checks.every(({ id }, index) => checks[index]?.check === id);

function misfitOfRefusal({ reasons }: EvidenceFormat, error: unknown): string | undefined {
  if (!(error instanceof AssayError)) return 'refused without an error of the kit';
  const { code, family } = error;
  if (!Object.hasOwn(reasons, code)) return `stopped with ${code}, which it does not declare`;
  return family === 'evidence' || family === 'request' ? undefined : `${code} is no refusal`;
}

/** Whether a value has every member of the model, each of the same kind. */
function isLike(value: unknown, model: unknown): boolean {
  if (typeof model !== 'object' || model === null) return typeof value === typeof model;
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== Array.isArray(model)) return false;
  const members = new Map<string, unknown>(Object.entries(value));
  return Object.entries(model).every(([name, each]) => isLike(members.get(name), each));
}
