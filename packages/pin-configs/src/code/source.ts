import { createPlacer, type Placer } from '../place.ts';
import { withoutDebugOnly } from './debug-only.ts';
import type { Language, Token } from './facts.ts';
import type { LanguageRow } from './languages.ts';
import { lex } from './lex.ts';

/** A source file as the tables of patterns look at it. */
export interface Source {
  readonly text: string;
  readonly language: Language;
  readonly placer: Placer;
  readonly tokens: readonly Token[];
  /** The index of the bracket that belongs to the one at an index; -1 elsewhere. */
  readonly pairs: Int32Array;
  readonly words: ReadonlySet<string>;
}

export function sourceOf(file: string, text: string, language: LanguageRow): Source {
  const tokens = withoutDebugOnly(lex(text, language));
  const words = new Set(tokens.filter(({ kind }) => kind === 'word').map((token) => token.text));
  return { text, language: language.id, placer: createPlacer(file, text), tokens, pairs: pairsOf(tokens), words };
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Pairs every bracket with its own; brackets that have none are skipped. */
function pairsOf(tokens: readonly Token[]): Int32Array {
  const pairs = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  tokens.forEach(({ kind, text }, index) => {
    if (kind !== 'punctuation') return;
    if (CLOSERS[text] !== undefined) open.push(index);
    if (!')]}'.includes(text)) return;
    const opener = open.at(-1);
    if (opener === undefined || CLOSERS[tokens[opener]?.text ?? ''] !== text) return;
    open.pop();
    pairs[opener] = index;
    pairs[index] = opener;
  });
  return pairs;
}
