import type { Token } from './facts.ts';

/**
 * A run of tokens, written with spaces between its pieces: `a|b` a word or sign out of several, `~a` the same also as a string,
 * `"a|b"` a string with that content, `""` any string, `_` any token, `…` up to sixteen tokens. The first piece is a word or a
 * sign, so that a text is looked through once for all patterns together.
 */
export interface Pattern {
  readonly first: readonly string[];
  readonly pieces: readonly Piece[];
}

type Piece =
  | { readonly what: 'any' | 'gap' | 'text' }
  | { readonly what: 'code' | 'either' | 'string'; readonly texts: ReadonlySet<string> };

const MAX_GAP = 16;

const MARKS: Readonly<Record<string, Piece>> = { _: { what: 'any' }, '…': { what: 'gap' }, '""': { what: 'text' } };

/** Reads a pattern as it is written in a table. */
export function patternOf(written: string): Pattern {
  const pieces = written.split(' ').map(pieceOf);
  const [head] = pieces;
  return { first: head !== undefined && 'texts' in head ? [...head.texts] : [], pieces };
}

function pieceOf(written: string): Piece {
  const mark = MARKS[written];
  if (mark !== undefined) return mark;
  const of = (texts: string): ReadonlySet<string> => new Set(texts === '|' ? [texts] : texts.split('|'));
  if (written.startsWith('"')) return { what: 'string', texts: of(written.slice(1, -1)) };
  if (written.startsWith('~')) return { what: 'either', texts: of(written.slice(1)) };
  return { what: 'code', texts: of(written) };
}

/** Where the match that begins at `index` ends; undefined when there is none. */
export function matchAt(
  tokens: readonly Token[],
  index: number,
  pieces: readonly Piece[],
  from = 0,
): number | undefined {
  let at = index;
  for (let piece = from; piece < pieces.length; piece += 1) {
    const wanted = pieces[piece];
    if (wanted?.what === 'gap') return afterGap(tokens, at, pieces, piece + 1);
    const token = tokens[at];
    if (wanted === undefined || token === undefined || !fits(token, wanted)) return undefined;
    at += 1;
  }
  return at;
}

function afterGap(
  tokens: readonly Token[],
  index: number,
  pieces: readonly Piece[],
  piece: number,
): number | undefined {
  for (let at = index; at <= index + MAX_GAP; at += 1) {
    const end = matchAt(tokens, at, pieces, piece);
    if (end !== undefined) return end;
    if (tokens[at]?.text === ';') return undefined;
  }
  return undefined;
}

function fits({ kind, text }: Token, piece: Piece): boolean {
  if (piece.what === 'any') return true;
  if (piece.what === 'text') return kind === 'string';
  if (!('texts' in piece)) return false;
  const isString = kind === 'string' || kind === 'template';
  const mayBe = { code: !isString, either: kind !== 'template', string: kind === 'string' }[piece.what];
  return mayBe && piece.texts.has(text);
}
