import { ConfigError } from '@assay/core';
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
  const appraisal = format.verify(token, context);
  const fault = misfitOf(format, appraisal);
  if (fault === undefined) return appraisal;
  throw new FormatMisbehaved(`${format.role}: ${fault}`);
}

/** What an appraisal says that its format never declared. */
function misfitOf(format: EvidenceFormat, appraisal: Appraisal<CustomProven>): string | undefined {
  const { checks } = appraisal;
  if (checks.some(({ check }, index) => check !== format.checks[index]?.id) || checks.length !== format.checks.length) {
    return 'the appraisal does not report the declared checks in their order';
  }
  if (appraisal.outcome === 'rejected') {
    const { code, family } = appraisal.error;
    if (!Object.hasOwn(format.reasons, code)) return `stopped with ${code}, which it does not declare`;
    return family === 'evidence' || family === 'request' ? undefined : `${code} is no refusal`;
  }
  if (appraisal.outcome !== 'verified') return 'the appraisal has no outcome';
  if (!checks.every(({ outcome }) => outcome === 'passed')) return 'verified although a check has not passed';
  if (appraisal.facts.evidence.join() !== format.role) return 'the facts name another format than its own';
  return appraisal.proven.subject === '' ? 'the evidence is about nobody' : undefined;
}
