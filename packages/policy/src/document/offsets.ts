import type { Scalar } from 'yaml';

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

/** Length of an escape of a double-quoted text, by the character after the backslash; two for all others. */
const ESCAPES: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

/**
 * Where the character `at` of a decoded text stands in the document. Styles of YAML differ in white space, quotes and
 * escapes only, so both texts are walked together, and white space is matched as a run.
 */
export function offsetInScalar(node: Scalar, source: string, at: number): number {
  const [start = 0, end = start] = node.range ?? [];
  const text = String(node.value);
  let offset = startOfText(node, source, start);
  for (let index = 0; index < at && index < text.length && offset < end; index += 1) {
    const next = pastSpace(source, offset, end);
    if (isSpace(text[index])) offset = isEscapedSpace(node, source, next) ? next + 2 : offset;
    else offset = next + lengthAt(node, source, next);
  }
  return isSpace(text[at]) ? offset : Math.min(pastSpace(source, offset, end), end);
}

function startOfText({ type }: Scalar, source: string, start: number): number {
  if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') return start + 1;
  const isBlock = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
  return isBlock ? source.indexOf('\n', start) + 1 : start;
}

/** A backslash before a line break is white space of a double-quoted text. */
function pastSpace(source: string, from: number, end: number): number {
  let offset = from;
  while (offset < end && (isSpace(source[offset]) || /^\\\r?\n/.test(source.slice(offset, offset + 3)))) offset += 1;
  return offset;
}

/** A tab or a line break that is written as an escape stands for itself, not for the white space around it. */
function isEscapedSpace({ type }: Scalar, source: string, offset: number): boolean {
  return type === 'QUOTE_DOUBLE' && source[offset] === '\\' && 'tnrvf _NLP'.includes(source[offset + 1] ?? '-');
}

function lengthAt({ type }: Scalar, source: string, offset: number): number {
  if (type === 'QUOTE_SINGLE' && source[offset] === "'") return 2;
  if (type !== 'QUOTE_DOUBLE' || source[offset] !== '\\') return 1;
  return ESCAPES[source[offset + 1] ?? ''] ?? 2;
}
