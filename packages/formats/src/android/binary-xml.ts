import { ArtifactError, assertSize, Budget } from '../artifact-error.ts';
import { ByteView } from '../byte-view.ts';
import type { XmlAttribute, XmlElement, XmlPlace } from '../xml-tree.ts';
import { attributeName, knownAttribute } from './attributes.ts';
import { CHUNK, type Chunk, readChunk } from './chunk.ts';
import { StringPool } from './string-pool.ts';
import { TreeBuilder } from './tree-builder.ts';
import { isInteger, toTypedValue } from './typed-value.ts';
import { XML_LIMITS, type XmlLimits } from './xml-limits.ts';

/** Header of a node: the chunk's, then the line and the index of a comment. */
const NODE_HEADER_SIZE = 16;
const ELEMENT_SIZE = 20;
const ATTRIBUTE_SIZE = 20;
const CDATA_SIZE = 12;

/**
 * The tree of a compiled XML file, as it stands in an APK: `AndroidManifest.xml`, `res/xml/*.xml`. Reads what Android
 * reads (AOSP `ResXMLTree`, Android 16), also where an app is packed to mislead others: the type of the outer header
 * does not count, unknown chunks are passed over, the last string pool and resource map before the first node hold,
 * attributes go by their resource id, values by their type and not by their text. Stricter than Android in one thing:
 * a document has one outermost element, and every element ends. Columns are unknown.
 *
 * Throws `binary_xml.*`, `resource_chunk.*`, `string_pool.*`, `artifact.*`.
 */
export function parseBinaryXml(bytes: Uint8Array, limits: Partial<XmlLimits> = {}): XmlElement {
  const allLimits = { ...XML_LIMITS, ...limits };
  assertSize(bytes, allLimits.maxBytes);
  return new BinaryXmlReader(new ByteView(bytes), allLimits).document();
}

class BinaryXmlReader {
  private readonly view: ByteView;
  private readonly nodes: Budget;
  private readonly text: Budget;
  private readonly tree: TreeBuilder;
  private pool: StringPool | undefined;
  private poolChunk: Chunk | undefined;
  private mapChunk: Chunk | undefined;

  constructor(view: ByteView, limits: XmlLimits) {
    this.view = view;
    this.nodes = new Budget(limits.maxNodes, 'artifact.too_many_items');
    this.text = new Budget(limits.maxText, 'artifact.too_much_text');
    this.tree = new TreeBuilder(limits.maxDepth);
  }

  document(): XmlElement {
    const outer = readChunk(this.view, 0, this.view.length);
    const firstNode = this.readPreamble(outer);
    for (let at = firstNode; at < outer.end; ) {
      const node = readChunk(this.view, at, outer.end, NODE_HEADER_SIZE);
      this.readNode(node);
      at = node.end;
    }
    return this.tree.finish(outer.end);
  }

  /** Offset of the first node, with the string pool and the resource map before it taken in. */
  private readPreamble(outer: Chunk): number {
    let at = outer.body;
    while (at < outer.end) {
      const chunk = readChunk(this.view, at, outer.end);
      if (chunk.type >= CHUNK.XML_START_NAMESPACE && chunk.type <= CHUNK.XML_LAST_NODE) break;
      if (chunk.type === CHUNK.STRING_POOL) this.poolChunk = chunk;
      if (chunk.type === CHUNK.XML_RESOURCE_MAP) this.mapChunk = chunk;
      at = chunk.end;
    }
    if (this.poolChunk !== undefined) this.pool = new StringPool(this.view, this.poolChunk, this.text);
    return at;
  }

  private readNode(node: Chunk): void {
    if (node.type === CHUNK.XML_START_ELEMENT) this.readElement(node);
    else if (node.type === CHUNK.XML_END_ELEMENT) this.tree.end(node.at);
    else if (node.type === CHUNK.XML_CDATA) this.readText(node);
  }

  private readText(node: Chunk): void {
    assertRoom(node, node.body + CDATA_SIZE);
    const text = this.stringAt(this.view.u32(node.body)) ?? '';
    this.nodes.take(1, node.at);
    this.text.take(text.length, node.at);
    this.tree.text(text);
  }

  private readElement(node: Chunk): void {
    assertRoom(node, node.body + ELEMENT_SIZE);
    if (this.pool === undefined) throw new ArtifactError('binary_xml.strings_missing', node.at);
    const name = this.stringAt(this.view.u32(node.body + 4));
    if (!name) throw new ArtifactError('binary_xml.name_missing', node.at);
    const namespace = this.stringAt(this.view.u32(node.body));
    this.tree.start(name, namespace, this.readAttributes(node), this.placeOf(node, node.at, node.end));
  }

  private readAttributes(node: Chunk): XmlAttribute[] {
    const first = node.body + this.view.u16(node.body + 8);
    const [size, count] = [this.view.u16(node.body + 10), this.view.u16(node.body + 12)];
    assertRoom(node, first + size * count);
    this.nodes.take(1 + count, node.at);
    return Array.from({ length: count }, (_, index) => this.readAttribute(node, first + index * size));
  }

  private readAttribute(node: Chunk, at: number): XmlAttribute {
    const nameIndex = this.view.u32(at + 4);
    const resourceId = this.resourceIdOf(nameIndex);
    const name = attributeName(resourceId, this.stringAt(nameIndex) ?? '', this.stringAt(this.view.u32(at)));
    return { ...name, ...this.readValue(at, resourceId), at: this.placeOf(node, at, at + ATTRIBUTE_SIZE) };
  }

  private readValue(at: number, resourceId: number | undefined): Pick<XmlAttribute, 'value' | 'reference'> {
    const [dataType, data] = [this.view.u8(at + 15), this.view.u32(at + 16)];
    if (knownAttribute(resourceId)?.isBoolean && isInteger(dataType)) return { value: String(data !== 0) };
    const { text, reference } = toTypedValue(dataType, data, (index) => this.stringAt(index));
    return reference === undefined ? { value: text } : { value: text, reference };
  }

  /** An id of 0 is none. */
  private resourceIdOf(nameIndex: number): number | undefined {
    const map = this.mapChunk;
    if (map === undefined || nameIndex >= (map.end - map.body) >> 2) return undefined;
    return this.view.u32(map.body + nameIndex * 4) || undefined;
  }

  private stringAt(index: number): string | undefined {
    return this.pool?.at(index);
  }

  private placeOf(node: Chunk, start: number, end: number): XmlPlace {
    return { line: this.view.u32(node.at + 8), column: 0, start, end };
  }
}

function assertRoom(node: Chunk, end: number): void {
  if (end > node.end) throw new ArtifactError('artifact.truncated', node.at);
}
