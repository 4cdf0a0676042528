import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { PolicyDocumentError, type PolicyFault } from './faults.ts';
import { offsetInScalar } from './offsets.ts';

/** A decoded document that still knows where everything stands. */
export interface YamlDocument {
  readonly value: unknown;
  /** The place of a path, or of the nearest member around it; `at` counts characters within a text. */
  readonly locate: (path: string, at?: number) => Place;
}
type Place = Pick<PolicyFault, 'line' | 'column'>;

/** A fault of decoding: an offset into the document, in UTF-16 units. */
interface Spot {
  readonly offset: number;
  readonly expected: string;
}

export const MAX_BYTES = 256 * 1024;

/**
 * Decodes YAML 1.2 strictly: one document, no aliases, anchors or tags, no name twice.
 *
 * @throws PolicyDocumentError with the place of every fault that decoding finds
 */
export function readYaml(source: string): YamlDocument {
  if (source.length > MAX_BYTES || new TextEncoder().encode(source).length > MAX_BYTES) {
    refuse(`a document of at most ${MAX_BYTES} bytes`);
  }
  const lines = new LineCounter();
  const place = (offset: number): Place => toPlace(lines, offset);
  const { document, spots } = decode(source, lines);
  if (spots.length > 0) {
    throw new PolicyDocumentError(spots.map(({ offset, expected }) => ({ ...place(offset), path: '$', expected })));
  }
  const nodes = new Map<string, Node>();
  if (isNode(document.contents)) index(document.contents, '$', nodes);
  return {
    value: document.toJS({ maxAliasCount: 0 }),
    locate: (path, at) => place(offsetOf(nodes, source, path, at)),
  };
}

/** A decoder whose stack overflows has met nesting that no policy has. */
function decode(source: string, lineCounter: LineCounter): { document: Document.Parsed; spots: readonly Spot[] } {
  try {
    const document = parseDocument(source, {
      version: '1.2',
      schema: 'core',
      strict: true,
      // Its own check compares every name with every other; ours is in `fencesOf`.
      uniqueKeys: false,
      stringKeys: true,
      prettyErrors: false,
      // With `silent` a second document would be left out without a word.
      logLevel: 'error',
      lineCounter,
    });
    const spots = faultsOfDecoding(document);
    return { document, spots: spots.length > 0 ? spots : fencesOf(document) };
  } catch {
    return refuse('YAML that is nested less deeply');
  }
}

function refuse(expected: string): never {
  throw new PolicyDocumentError([{ line: 1, column: 1, path: '$', expected }]);
}

function toPlace(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** The first alone: what a decoder says behind it follows of it. A warning is a fault too: a tag that nobody knows is one. */
function faultsOfDecoding({ errors, warnings }: Document.Parsed): readonly Spot[] {
  const [first] = [...errors, ...warnings].toSorted((left, right) => left.pos[0] - right.pos[0]);
  if (first === undefined) return [];
  const isUnquoted = first.code === 'TAG_RESOLVE_FAILED' || first.message.startsWith('Unexpected flow-');
  const hint = isUnquoted ? '; an expression with this stands in quotes' : '';
  return [{ offset: first.pos[0], expected: `valid YAML: ${first.message}${hint}` }];
}

/** A document says everything once and in one place: no anchors, aliases or twins, and no tags that make other types. */
function fencesOf(document: Document.Parsed): readonly Spot[] {
  const spots: Spot[] = [];
  visit(document, {
    Node: (_key, node) => {
      const offset = node.range?.[0] ?? 0;
      if (isAlias(node) || node.anchor !== undefined) spots.push({ offset, expected: 'no anchors and no aliases' });
      else if (node.tag !== undefined) spots.push({ offset, expected: 'no tags' });
      if (isMap(node)) spots.push(...twinsIn(namesOf(node)));
    },
  });
  return spots;
}

const namesOf = (node: Node): Node[] => (isMap(node) ? node.items.map(({ key }) => key).filter(isNode) : []);

function twinsIn(names: readonly Node[]): Spot[] {
  const seen = new Set<string>();
  const twins = names.filter((name) => seen.size === seen.add(nameOf(name)).size);
  return twins.map(({ range }) => ({ offset: range?.[0] ?? 0, expected: 'a name that was not given before' }));
}

const nameOf = (node: Node): string => (isScalar(node) ? String(node.value) : '');

/** Every member by its path, spelt as the readers spell it. */
function index(node: Node, path: string, nodes: Map<string, Node>): void {
  nodes.set(path, node);
  if (isSeq(node)) {
    for (const [at, item] of node.items.entries()) if (isNode(item)) index(item, `${path}[${at}]`, nodes);
  }
  if (!isMap(node)) return;
  for (const { key, value } of node.items) {
    if (isNode(key) && isNode(value)) index(value, `${path}.${nameOf(key)}`, nodes);
  }
}

/** A member that is missing is looked for at what should hold it. */
function offsetOf(nodes: ReadonlyMap<string, Node>, source: string, path: string, at: number | undefined): number {
  for (let part = path; part.length > 0; part = part.slice(0, Math.max(part.lastIndexOf('.'), part.lastIndexOf('[')))) {
    const node = nodes.get(part);
    if (node === undefined) continue;
    return part === path && at !== undefined && isScalar(node)
      ? offsetInScalar(node, source, at)
      : (node.range?.[0] ?? 0);
  }
  return 0;
}
