import { concat } from '@assay/formats';
import { le } from '../bytes-writer.ts';
import { chunk, stringPool, Texts } from './write-chunk.ts';

export interface Attribute {
  readonly name: string;
  readonly namespace?: string;
  /** A string when absent. */
  readonly type?: number;
  readonly value: string | number;
  readonly id?: number;
}

export interface Element {
  readonly name: string;
  readonly namespace?: string;
  readonly line?: number;
  readonly attributes?: readonly Attribute[];
  readonly children?: readonly (Element | string)[];
}

const NONE = 0xffffffff;
const STRING = 3;

/** The parts of a document, for tests that put them together in another way. */
export interface Parts {
  readonly pool: Uint8Array;
  readonly map: Uint8Array;
  readonly nodes: readonly Uint8Array[];
}

export function node(type: number, line: number, body: Uint8Array): Uint8Array {
  return chunk(type, concat(le(4, line), le(4, NONE)), body);
}

/** Compiles a tree as aapt2 does: names with a resource id stand first in the string pool. */
export function xmlParts(root: Element, options: { readonly utf16?: boolean } = {}): Parts {
  const ids = new Map<string, number>();
  collectIds(root, ids);
  const texts = new Texts([...ids.keys()]);
  const nodes = [
    node(0x100, 1, concat(le(4, texts.index('android')), le(4, texts.index(ANDROID)))),
    ...elementNodes(root, texts),
    node(0x101, 1, concat(le(4, texts.index('android')), le(4, texts.index(ANDROID)))),
  ];
  const map = chunk(0x180, new Uint8Array(), concat(...[...ids.values()].map((id) => le(4, id))));
  return { pool: stringPool(texts.list, options), map, nodes };
}

export const ANDROID = 'http://schemas.android.com/apk/res/android';

export function join({ pool, map, nodes }: Parts): Uint8Array {
  return chunk(3, new Uint8Array(), concat(pool, map, ...nodes));
}

export function writeXml(root: Element, options: { readonly utf16?: boolean } = {}): Uint8Array {
  return join(xmlParts(root, options));
}

function collectIds(element: Element, ids: Map<string, number>): void {
  for (const { name, id } of element.attributes ?? []) if (id !== undefined) ids.set(name, id);
  for (const child of element.children ?? []) if (typeof child !== 'string') collectIds(child, ids);
}

function elementNodes(element: Element, texts: Texts): Uint8Array[] {
  const { line = 1, attributes = [], children = [] } = element;
  const name = concat(le(4, optional(texts, element.namespace)), le(4, texts.index(element.name)));
  const counts = concat(le(2, 20), le(2, 20), le(2, attributes.length), le(2, 0), le(2, 0), le(2, 0));
  return [
    node(0x102, line, concat(name, counts, ...attributes.map((attribute) => attributeBytes(attribute, texts)))),
    ...children.flatMap((child) => (typeof child === 'string' ? [textNode(child, texts)] : elementNodes(child, texts))),
    node(0x103, line, name),
  ];
}

function textNode(text: string, texts: Texts): Uint8Array {
  return node(0x104, 1, concat(le(4, texts.index(text)), le(2, 8), le(2, 0), le(4, 0)));
}

function attributeBytes({ name, namespace, type = STRING, value }: Attribute, texts: Texts): Uint8Array {
  const data = typeof value === 'string' ? texts.index(value) : value;
  const raw = typeof value === 'string' ? data : NONE;
  const names = concat(le(4, optional(texts, namespace)), le(4, texts.index(name)), le(4, raw));
  return concat(names, le(2, 8), le(1, 0), le(1, type), le(4, data));
}

function optional(texts: Texts, text: string | undefined): number {
  return text === undefined ? NONE : texts.index(text);
}
