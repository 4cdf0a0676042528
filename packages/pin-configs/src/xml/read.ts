import type { XmlAttribute, XmlElement, XmlPlace } from '@assay/formats';
import { parseXml as parseTree, type XmlElement as TreeElement, XmlError, XmlText } from '@rgrove/parse-xml';
import { createPlacer, type Placer } from '../place.ts';
import { UnreadableFile } from '../unreadable.ts';
import { assertBounded } from './bounds.ts';
import {
  type ExpandedName,
  expandName,
  isDeclaration,
  NO_PREFIXES,
  type Prefixes,
  withDeclared,
} from './namespaces.ts';

/**
 * Reads XML 1.0 with namespaces into the tree that binary forms are read into, with places: `at` of an attribute is its value
 * between the quotes, `at` of an element all of it. Declarations of namespaces are no attributes here. No entity beyond the five.
 *
 * @throws UnreadableFile `pin_configs.unreadable`, `pin_configs.too_large`
 */
export function parseXml(file: string, text: string): XmlElement {
  const placer = createPlacer(file, text);
  assertBounded(text, placer);
  return elementOf(treeOf(text, placer), NO_PREFIXES, { text, placer });
}

function treeOf(text: string, placer: Placer): TreeElement {
  // The parser's own handling of carriage returns takes time by the square of their number. Of the same length, so that offsets hold.
  const lines = text.replaceAll('\r\n', ' \n').replaceAll('\r', '\n');
  try {
    const { root } = parseTree(lines, { includeOffsets: true, preserveComments: true });
    if (root !== null) return root;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const [message = error.message] = error.message.split(/ \(line \d|\n/);
    throw new UnreadableFile(`not XML: ${message}`, placer.at(offsetOf(error, text)), undefined, { cause: error });
  }
  throw new UnreadableFile('not XML: no element', placer.at(0));
}

/** The parser counts code points where the text has surrogate pairs. */
function offsetOf({ pos }: XmlError, text: string): number {
  let offset = 0;
  for (let points = 0; points < pos && offset < text.length; points += 1) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}

interface Source {
  readonly text: string;
  readonly placer: Placer;
}

function elementOf(node: TreeElement, outer: Prefixes, source: Source): XmlElement {
  const raw = rawAttributes(node, source);
  const prefixes = withDeclared(raw, outer);
  const named = resolve(node.name, prefixes, prefixes.get(''), node.start, source);
  const attributes = raw.flatMap((attribute) => attributeOf(attribute, prefixes, source));
  assertDistinct(attributes, source);
  const children = node.children.flatMap((child) => (isElement(child) ? [elementOf(child, prefixes, source)] : []));
  const texts = node.children.filter((child) => child instanceof XmlText);
  const [first, last] = [texts.at(0), texts.at(-1)];
  return {
    ...named,
    attributes,
    children,
    text: texts.map(({ text }) => text).join(''),
    ...(first === undefined || last === undefined ? {} : { textAt: placeOf(first.start, last.end, source) }),
    ...(isDivided(node) ? { isDivided: true } : {}),
    at: placeOf(node.start, node.end, source),
  };
}

/** Instructions do not divide text, and neither do the bounds of CDATA (AOSP aapt2 `XmlDom`). */
function isDivided({ children }: TreeElement): boolean {
  let pieces = 0;
  let isOpen = false;
  for (const child of children) {
    if (child instanceof XmlText && !isOpen && child.text.trim() !== '') {
      pieces += 1;
      isOpen = true;
    }
    if (child.type === 'comment' || isElement(child)) isOpen = false;
  }
  return pieces > 1;
}

const isElement = (node: TreeElement['children'][number]): node is TreeElement => node.type === 'element';

interface RawAttribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The parser says where elements stand, not where attributes do: found again in the start tag, which is known to be well-formed. */
function rawAttributes(node: TreeElement, { text }: Source): readonly RawAttribute[] {
  const pattern = /\s+([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
  pattern.lastIndex = node.start + 1 + node.name.length;
  const found: RawAttribute[] = [];
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [, name = '', double, single = ''] = match;
    const end = pattern.lastIndex - 1;
    found.push({ name, value: node.attributes[name] ?? '', start: end - (double ?? single).length, end });
  }
  return found;
}

function attributeOf(attribute: RawAttribute, prefixes: Prefixes, source: Source): readonly XmlAttribute[] {
  const { name, value, start, end } = attribute;
  if (isDeclaration(name)) return [];
  // An attribute without a prefix is in no namespace, whatever the default is.
  const named = resolve(name, prefixes, undefined, start, source);
  return [{ ...named, value, at: placeOf(start, end, source) }];
}

/** Two prefixes may stand for one namespace, and make two spellings one name. */
function assertDistinct(attributes: readonly XmlAttribute[], { placer }: Source): void {
  const seen = new Set<string>();
  for (const { name, namespace = '', at } of attributes) {
    const key = `${namespace} ${name}`;
    if (seen.has(key))
      throw new UnreadableFile(`not XML: attribute ${name} stands there twice`, placer.at(at.start ?? 0));
    seen.add(key);
  }
}

/** The name with its namespace; expat, by which Android's tools read, refuses a prefix that nobody declared. */
function resolve(
  name: string,
  prefixes: Prefixes,
  unprefixed: string | undefined,
  offset: number,
  { placer }: Source,
): ExpandedName {
  const expanded = expandName(name, prefixes, unprefixed);
  if (expanded !== undefined) return expanded;
  throw new UnreadableFile(`not XML: the prefix of ${name} is not declared`, placer.at(offset));
}

function placeOf(start: number, end: number, { placer }: Source): XmlPlace {
  const { line, column } = placer.at(start);
  return { line, column, start, end };
}
