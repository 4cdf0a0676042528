import type { Token } from './facts.ts';
import type { Source } from './source.ts';

/**
 * The part of a source that a row looks at after its head. `function`: the body of the definition whose `(` ends the head, or
 * whose name does. `group`: the brackets that come next. `value`: what follows, to the end of the statement.
 */
export type RegionKind = 'function' | 'group' | 'value';

/** Tokens between a function's head and its body: result, exceptions, effects. */
const MAX_BETWEEN = 40;
/** Longest body that is looked at. */
const MAX_LENGTH = 3000;
/** Longest expression that is looked at. */
const MAX_STATEMENT = 600;
/** Words with which the next declaration begins: the function before it has no body. */
const NEXT = new Set([';', '}', 'fun', 'func', 'class', 'val', 'var', 'override', 'public', 'private', '-', '+']);

/** The region's tokens joined by spaces, strings in double quotes; undefined where there is none. */
export function regionText(source: Source, kind: RegionKind, head: number): string | undefined {
  const range = REGIONS[kind](source, head);
  if (range === undefined || range[1] - range[0] > MAX_LENGTH) return undefined;
  return joined(source.tokens.slice(...range));
}

/** Tokens as one text, for the regular expressions of the tables. */
const joined = (tokens: readonly Token[]): string =>
  tokens.map(({ kind, text }) => (kind === 'string' || kind === 'template' ? JSON.stringify(text) : text)).join(' ');

type Range = readonly [number, number];

const REGIONS: Readonly<Record<RegionKind, (source: Source, head: number) => Range | undefined>> = {
  function: functionRange,
  group: ({ pairs }, head) => {
    const end = pairs[head] ?? -1;
    return end < head ? undefined : [head + 1, end];
  },
  value: (source, head) => [head, statementEnd(source, head)],
};

function functionRange(source: Source, head: number): Range | undefined {
  const { tokens, pairs } = source;
  const opener = pairs[head - 1] ?? -1;
  const start = opener >= head ? opener + 1 : head;
  for (let at = start; at < start + MAX_BETWEEN; at += 1) {
    const text = tokens[at]?.text;
    const pair = pairs[at] ?? -1;
    if (text === undefined) return undefined;
    if (text === '{') return pair < at ? undefined : [at + 1, pair];
    if (text === '=') return [at + 1, statementEnd(source, at + 1)];
    if (text === '-' && tokens[at + 1]?.text === '>') at += 1;
    else if (NEXT.has(text)) return undefined;
    else if (pair > at) at = pair;
  }
  return undefined;
}

/** The end of an expression: `;`, `,`, the bracket around it, or the line's end unless the next line goes on. */
function statementEnd({ tokens, pairs, text }: Source, start: number): number {
  let at = start;
  while (at < Math.min(tokens.length, start + MAX_STATEMENT)) {
    const token = tokens[at];
    const before = tokens[at - 1];
    if (token === undefined || [';', ',', ')', ']', '}'].includes(token.text)) return at;
    const broken = before !== undefined && at > start && text.slice(before.end, token.start).includes('\n');
    if (broken && !['.', '?', '&', '|', '=', '{'].includes(token.text) && !['>', '=', '+'].includes(before.text))
      return at;
    at = Math.max(pairs[at] ?? -1, at) + 1;
  }
  return at;
}
