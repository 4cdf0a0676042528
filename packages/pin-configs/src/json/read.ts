import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { DataEntry, DataValue } from '../data/value.ts';
import { createPlacer, type Placer } from '../place.ts';
import { UnreadableFile } from '../unreadable.ts';

export interface JsonOptions {
  /** Comments and commas after the last item, for the tools that take them. */
  readonly tolerant: boolean;
}

const MAX_LENGTH = 1 << 20;
const MAX_DEPTH = 64;

/**
 * JSON with the place of every value.
 *
 * @throws UnreadableFile `pin_configs.unreadable`, `pin_configs.too_large`
 */
export function parseJson(file: string, text: string, { tolerant }: JsonOptions = { tolerant: false }): DataValue {
  const placer = createPlacer(file, text);
  assertBounded(text, placer);
  const errors: ParseError[] = [];
  const options = { disallowComments: !tolerant, allowTrailingComma: tolerant, allowEmptyContent: false };
  const root = parseTree(text, errors, options);
  const [error] = errors;
  if (root !== undefined && error === undefined) return dataOf(root, placer);
  if (error === undefined) throw new UnreadableFile('not JSON: no value', placer.at(0));
  const place = placer.at(error.offset, error.offset + error.length);
  throw new UnreadableFile(`not JSON: ${printParseErrorCode(error.error)}`, place);
}

/** The parser descends by recursion. */
function assertBounded(text: string, placer: Placer): void {
  if (text.length > MAX_LENGTH) throw tooLarge('longer than 1 MiB', 0, placer);
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    if (character === '[' || character === '{') depth += 1;
    if (character === ']' || character === '}') depth -= 1;
    if (depth > MAX_DEPTH) throw tooLarge(`values lie more than ${MAX_DEPTH} deep`, at, placer);
  }
}

/** The offset of the quote that ends a string, or of the line's end where there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"' || character === '\n') return at;
    if (character === '\\') at += 1;
  }
  return text.length;
}

const tooLarge = (message: string, offset: number, placer: Placer): UnreadableFile =>
  new UnreadableFile(message, placer.at(offset), 'pin_configs.too_large');

function dataOf(node: Node, placer: Placer): DataValue {
  const { type, offset, length, children = [] } = node;
  const place = placer.at(offset, offset + length);
  if (type === 'object') return { kind: 'dict', entries: children.flatMap((each) => entryFrom(each, placer)), place };
  if (type === 'array') return { kind: 'array', items: children.map((each) => dataOf(each, placer)), place };
  const value: unknown = node.value;
  if (typeof value === 'string') return { kind: 'string', value, place: placer.at(offset + 1, offset + length - 1) };
  if (typeof value === 'number') return { kind: 'number', value, place };
  return typeof value === 'boolean' ? { kind: 'boolean', value, place } : { kind: 'other', place };
}

function entryFrom({ children = [] }: Node, placer: Placer): DataEntry[] {
  const [key, value] = children;
  if (key === undefined || value === undefined) return [];
  const place = placer.at(key.offset + 1, key.offset + key.length - 1);
  return [{ key: { text: String(key.value), place }, value: dataOf(value, placer) }];
}
