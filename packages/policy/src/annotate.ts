import type { Verdict } from '@assay/core';
import type { ValueExpression } from './cel/expression.ts';
import { TRUE } from './cel/node.ts';
import { isAbsence } from './cel/rehearse.ts';
import type { Policy } from './policy.ts';
import { evaluationFailed, question, type Sights } from './sights.ts';
import type { View } from './view.ts';

type Annotated = string | number | boolean;

/** Longest text that goes into a token. */
const MAX_TEXT = 256;

/**
 * What the policy writes into the token. What is not known is not written: an annotation never makes up a value.
 *
 * @throws ConfigError `policy.evaluation_failed`
 */
export function annotate({ annotations }: Policy, sights: Sights): NonNullable<Verdict['annotations']> {
  const made: Record<string, Annotated> = {};
  for (const { name, value, when, known } of annotations) {
    const view = sights[known];
    if (when !== undefined && question(view, when.root) !== TRUE) continue;
    const read = readValue(view, value);
    if (read !== undefined) made[name] = read;
  }
  return made;
}

function readValue({ values }: View, { needs, run, text }: ValueExpression): Annotated | undefined {
  if (needs.some((name) => values[name] === undefined)) return undefined;
  try {
    return toAnnotated(run(values));
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw evaluationFailed(text, error);
  }
}

/** A number beyond what JSON keeps exactly would reach the token as another one. */
function toAnnotated(value: unknown): Annotated | undefined {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
  if (typeof value === 'string') return value.length <= MAX_TEXT ? value : undefined;
  return typeof value === 'boolean' ? value : undefined;
}
