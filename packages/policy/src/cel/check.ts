import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { type FactPath, isFactPath } from '../facts.ts';
import { isSetting, type SettingName } from './environment.ts';
import { childrenOf, type ExpressionFault, fencesOf, pathOf } from './fences.ts';

/** What every compiled text says of itself. */
export interface Text {
  /** As its author wrote it. */
  readonly source: string;
  /** The same on one line, for people. */
  readonly text: string;
  /** The facts that it names, in reading order. */
  readonly facts: readonly FactPath[];
  /** The other variables that it names. */
  readonly settings: readonly SettingName[];
}

/** An expression that parses, keeps to the fences and has a type. */
export interface Checked {
  readonly ast: ASTNode;
  readonly type: string;
  readonly about: Text;
}

export type Faulty = { readonly faults: readonly ExpressionFault[] };

export const MAX_SOURCE = 4096;

/** Parses and checks a text; whatever is wrong with it is a fault of the text. */
export function checkText(
  environment: Environment,
  source: string,
  scope: { readonly isQuestion: boolean },
): Checked | Faulty {
  if (source.length > MAX_SOURCE) return faulty(`an expression of at most ${MAX_SOURCE} characters`);
  try {
    const parsed = environment.parse(source);
    const faults = fencesOf(parsed.ast, scope);
    if (faults.length > 0) return { faults };
    const { valid, type, error } = parsed.check();
    if (!valid || type === undefined) return { faults: [faultOf(error, source)] };
    return { ast: parsed.ast, type, about: aboutOf(source, parsed.ast) };
  } catch (error) {
    return { faults: [faultOf(error, source)] };
  }
}

/** A fault of the expression as a whole. */
export function faulty(expected: string): Faulty {
  return { faults: [{ at: 0, expected }] };
}

/** The evaluator's own errors have a place and a summary. A stack that overflows has neither. */
export function faultOf(error: unknown, source: string): ExpressionFault {
  const { summary, range } = (error ?? {}) as { summary?: unknown; range?: { start?: unknown } };
  const at = typeof range?.start === 'number' ? range.start : 0;
  if (typeof summary !== 'string') return { at, expected: 'an expression that is nested less deeply' };
  const slip = SLIPS.find(({ text, message }) => text?.test(source.slice(at)) ?? message?.test(summary));
  return { at, expected: slip?.expected ?? `an expression without this fault: ${summary}` };
}

/** What people write who come from other languages, told by the text at the place of the fault or by the evaluator's word. */
const SLIPS: readonly { readonly text?: RegExp; readonly message?: RegExp; readonly expected: string }[] = [
  { text: /^and\b/i, expected: '`&&` for and' },
  { text: /^or\b/i, expected: '`||` for or' },
  { text: /^=(?!=)/, expected: '`==` to compare' },
  { text: /^&(?!&)/, expected: '`&&` for and' },
  { text: /^\|(?!\|)/, expected: '`||` for or' },
  { message: /^Unexpected token: EOF$/, expected: 'more: the expression ends too early' },
  { message: /^(?:No such key: |Unknown variable: lists$)/, expected: 'a list that stands under `lists`' },
];

function aboutOf(source: string, ast: ASTNode): Text {
  const paths = [...new Set(pathsIn(ast))];
  const text = source.replace(/\s+/g, ' ').trim();
  return { source, text, facts: paths.filter(isFactPath), settings: paths.filter(isSetting) };
}

function pathsIn(ast: ASTNode): readonly string[] {
  const path = pathOf(ast);
  return path === undefined ? childrenOf(ast).flatMap(pathsIn) : [path];
}
