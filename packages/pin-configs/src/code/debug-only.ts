import type { Token } from './facts.ts';
import { matchAt, patternOf } from './pattern.ts';

/** Conditions under which only builds of developers run what follows in braces. */
const CONDITIONS = [
  'if ( BuildConfig . DEBUG ) {',
  'if ( BuildConfig . IS_DEBUG ) {',
  'if ( kDebugMode ) {',
  'if ( ! kReleaseMode ) {',
  'if ( __DEV__ ) {',
].map(patternOf);

const DEBUG_BEGIN = patternOf('# if DEBUG');
const BRANCH_ENDS = ['# else', '# elseif', '# elif', '# endif'].map(patternOf);

/** The tokens that release builds have: what stands under a condition on debug builds is left out. */
export function withoutDebugOnly(tokens: readonly Token[]): readonly Token[] {
  const kept: Token[] = [];
  for (let index = 0; index < tokens.length; ) {
    const end = debugEnd(tokens, index);
    const token = tokens[index];
    if (end === undefined && token !== undefined) kept.push(token);
    index = end ?? index + 1;
  }
  return kept;
}

function debugEnd(tokens: readonly Token[], index: number): number | undefined {
  const text = tokens[index]?.text;
  if (text === '#' && matchAt(tokens, index, DEBUG_BEGIN.pieces) !== undefined) return branchEnd(tokens, index + 3);
  if (text !== 'if') return undefined;
  for (const { pieces } of CONDITIONS) {
    const inside = matchAt(tokens, index, pieces);
    if (inside !== undefined) return blockEnd(tokens, inside);
  }
  return undefined;
}

function branchEnd(tokens: readonly Token[], from: number): number {
  for (let at = from; at < tokens.length; at += 1) {
    if (tokens[at]?.text !== '#') continue;
    if (BRANCH_ENDS.some(({ pieces }) => matchAt(tokens, at, pieces) !== undefined)) return at;
  }
  return tokens.length;
}

function blockEnd(tokens: readonly Token[], from: number): number {
  let depth = 1;
  let at = from;
  for (; at < tokens.length && depth > 0; at += 1) {
    const { kind, text } = tokens[at] ?? { kind: 'word', text: '' };
    if (kind !== 'punctuation') continue;
    if (text === '{') depth += 1;
    if (text === '}') depth -= 1;
  }
  return at;
}
