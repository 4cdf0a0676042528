import type { Language } from '../code/facts.ts';
import { matchAt, patternOf } from '../code/pattern.ts';
import type { Source } from '../code/source.ts';
import type { StackUse } from './stack.ts';

/** Stacks that a platform brings along, so that no dependency tells of them. */
const ROWS = [
  { stack: 'cronet', in: ['kotlin', 'java'], pattern: 'CronetEngine . Builder' },
  { stack: 'cronet', in: ['kotlin', 'java'], pattern: 'new CronetEngine . Builder' },
  { stack: 'dart-security-context', in: ['dart'], pattern: 'withTrustedRoots : false' },
  { stack: 'harmony-rcp', in: ['arkts'], pattern: 'rcp . createSession' },
] as const satisfies readonly { stack: string; in: readonly Language[]; pattern: string }[];

const COMPILED = ROWS.map((row) => ({
  ...row,
  languages: new Set<Language>(row.in),
  compiled: patternOf(row.pattern),
}));

/** Each stack that a source uses, once. */
export function stacksInCode({ tokens, language, words, placer }: Source): readonly StackUse[] {
  const found = new Map<string, StackUse>();
  for (const { stack, languages, pattern, compiled } of COMPILED) {
    if (!languages.has(language) || !compiled.first.every((word) => words.has(word))) continue;
    const index = tokens.findIndex((_, at) => matchAt(tokens, at, compiled.pieces) !== undefined);
    const token = tokens[index];
    if (token === undefined || found.has(stack)) continue;
    found.set(stack, { stack, evidence: pattern.replaceAll(' ', ''), place: placer.at(token.start, token.end) });
  }
  return [...found.values()];
}
