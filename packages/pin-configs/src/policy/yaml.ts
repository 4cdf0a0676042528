import { Composer, type Document, isAlias, isMap, isNode, isScalar, isSeq, type Pair, Parser, visit } from 'yaml';
import type { DataEntry, DataValue } from '../data/value.ts';
import { createPlacer, type Place, type Placer } from '../place.ts';
import { UnreadableFile } from '../unreadable.ts';

const MAX_LENGTH = 1 << 20;
const MAX_DEPTH = 16;

/**
 * One YAML 1.2 document with the place of every value, in the tree that JSON and property lists have. Refused are aliases and
 * tags (a policy says what it means where it stands), keys that stand twice, and more than one document.
 *
 * @throws UnreadableFile `pin_configs.unreadable`, `pin_configs.too_large`
 */
export function parseYaml(file: string, text: string): DataValue {
  const placer = createPlacer(file, text);
  if (text.length > MAX_LENGTH) throw tooLarge('longer than 1 MiB', placer.at(0));
  const tokens = [...new Parser().parse(text)];
  for (const token of tokens) assertShallow(token, placer);
  const documents = [...new Composer({ version: '1.2', schema: 'core', uniqueKeys: true }).compose(tokens, true)];
  const [document, second] = documents;
  if (document === undefined) throw new UnreadableFile('not YAML: there is nothing in it', placer.at(0));
  assertPlain(document, placer);
  if (second !== undefined) throw new UnreadableFile('expected one document; found more', placer.at(second.range[0]));
  return dataOf(document.contents, placer);
}

const tooLarge = (message: string, place: Place): UnreadableFile =>
  new UnreadableFile(message, place, 'pin_configs.too_large');

/** The library composes by recursion; its tokens it makes without, so the depth is counted on those. */
function assertShallow(root: unknown, placer: Placer): void {
  const open: { readonly token: unknown; readonly depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (typeof token !== 'object' || token === null) continue;
    const offset = 'offset' in token && typeof token.offset === 'number' ? token.offset : 0;
    // A collection, its item and the item's value are three steps down.
    if (depth > 3 * MAX_DEPTH) throw tooLarge(`values lie more than ${MAX_DEPTH} deep`, placer.at(offset));
    for (const child of Object.values(token))
      open.push({ token: child, depth: depth + (Array.isArray(child) ? 0 : 1) });
  }
}

function assertPlain(document: Document.Parsed, placer: Placer): void {
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    const [line] = problem.message.split(/ at line \d/);
    throw new UnreadableFile(`not YAML: ${line}`, placer.at(problem.pos[0], problem.pos[1]));
  }
  visit(document, {
    Node(_key, node) {
      const place = placer.at(node.range?.[0] ?? 0);
      if (isAlias(node)) throw new UnreadableFile('aliases are not read: write the value out', place);
      if (node.tag?.startsWith('!') === true) throw new UnreadableFile('tags are not read', place);
    },
  });
}

function dataOf(node: unknown, placer: Placer): DataValue {
  const place = placeOf(node, placer);
  if (isMap(node)) return { kind: 'dict', entries: node.items.map((pair) => entryOf(pair, placer)), place };
  if (isSeq(node)) return { kind: 'array', items: node.items.map((item) => dataOf(item, placer)), place };
  const value = isScalar(node) ? node.value : null;
  if (typeof value === 'string') return { kind: 'string', value, place };
  if (typeof value === 'number') return { kind: 'number', value, place };
  return typeof value === 'boolean' ? { kind: 'boolean', value, place } : { kind: 'other', place };
}

function placeOf(node: unknown, placer: Placer): Place {
  const [start = 0, end = start] = isNode(node) ? (node.range ?? []) : [];
  return placer.at(start, end);
}

function entryOf({ key, value }: Pair, placer: Placer): DataEntry {
  const place = placeOf(key, placer);
  const text = isScalar(key) ? String(key.value) : '';
  // A key without a value has no node; what is missing is missing at its key.
  return { key: { text, place }, value: value === null ? { kind: 'other', place } : dataOf(value, placer) };
}
