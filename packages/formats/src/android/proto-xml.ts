import { ArtifactError, assertSize, Budget } from '../artifact-error.ts';
import { ByteView } from '../byte-view.ts';
import type { XmlAttribute, XmlElement, XmlPlace } from '../xml-tree.ts';
import { attributeName, knownAttribute } from './attributes.ts';
import { itemValue } from './proto-value.ts';
import { ProtoMessage } from './protobuf.ts';
import { XML_LIMITS, type XmlLimits } from './xml-limits.ts';

/** Numbers of fields (AOSP `tools/aapt2/Resources.proto`, Android 16). */
const NODE = { ELEMENT: 1, TEXT: 2, SOURCE: 3 } as const;
const ELEMENT = { NAMESPACE: 2, NAME: 3, ATTRIBUTE: 4, CHILD: 5 } as const;
const ATTRIBUTE = { NAMESPACE: 1, NAME: 2, VALUE: 3, SOURCE: 4, RESOURCE_ID: 5, COMPILED: 6 } as const;
const POSITION = { LINE: 1, COLUMN: 2 } as const;

/** Fields per node that may stand in a document: names, values, places, and what they are made of. */
const FIELDS_PER_NODE = 16;

/**
 * The tree of an XML file as it stands in an app bundle (AAB), an `aapt.pb.XmlNode`: `base/manifest/AndroidManifest.xml`,
 * `base/res/xml/*.xml`. Names and values as in {@link parseBinaryXml}: what an APK that is made of the bundle will hold.
 * Throws `protobuf.*`, `binary_xml.*`, `artifact.*`.
 */
export function parseProtoXml(bytes: Uint8Array, limits: Partial<XmlLimits> = {}): XmlElement {
  const allLimits = { ...XML_LIMITS, ...limits };
  assertSize(bytes, allLimits.maxBytes);
  const fields = new Budget(allLimits.maxNodes * FIELDS_PER_NODE, 'artifact.too_many_items');
  const root = new ProtoMessage(new ByteView(bytes), fields, 0, bytes.length);
  const nodes = new Budget(allLimits.maxNodes, 'artifact.too_many_items');
  const element = readElement(root, nodes, allLimits.maxDepth);
  if (element === undefined) throw new ArtifactError('binary_xml.root_missing', 0);
  return element;
}

/** Undefined for a node of text. */
function readElement(node: ProtoMessage, nodes: Budget, depthLeft: number): XmlElement | undefined {
  nodes.take(1, node.start);
  node.oneOf([NODE.ELEMENT, NODE.TEXT]);
  const element = node.message(NODE.ELEMENT);
  if (element === undefined) return undefined;
  if (depthLeft <= 0) throw new ArtifactError('artifact.too_deep', node.start);
  const name = element.text(ELEMENT.NAME);
  if (name === '') throw new ArtifactError('binary_xml.name_missing', element.start);
  const namespace = element.text(ELEMENT.NAMESPACE);
  const children: XmlElement[] = [];
  let text = '';
  for (const child of element.messages(ELEMENT.CHILD)) {
    const read = readElement(child, nodes, depthLeft - 1);
    if (read === undefined) text += child.text(NODE.TEXT);
    else children.push(read);
  }
  const attributes = Array.from(element.messages(ELEMENT.ATTRIBUTE), (each) => readAttribute(each, nodes));
  return { name, ...(namespace ? { namespace } : {}), attributes, children, text, at: placeOf(node, NODE.SOURCE) };
}

function readAttribute(attribute: ProtoMessage, nodes: Budget): XmlAttribute {
  nodes.take(1, attribute.start);
  const resourceId = attribute.uint32(ATTRIBUTE.RESOURCE_ID) || undefined;
  const namespace = attribute.text(ATTRIBUTE.NAMESPACE);
  return {
    ...attributeName(resourceId, attribute.text(ATTRIBUTE.NAME), namespace),
    ...readValue(attribute, resourceId),
    at: placeOf(attribute, ATTRIBUTE.SOURCE),
  };
}

/** The compiled value, which ends up in the APK, or the text where nothing was compiled. */
function readValue(attribute: ProtoMessage, resourceId: number | undefined): Pick<XmlAttribute, 'value' | 'reference'> {
  const item = attribute.message(ATTRIBUTE.COMPILED);
  if (item === undefined) return { value: attribute.text(ATTRIBUTE.VALUE) };
  const { text, reference, isInteger } = itemValue(item);
  if (isInteger && knownAttribute(resourceId)?.isBoolean) return { value: String(!FALSE.has(text)) };
  return reference === undefined ? { value: text } : { value: text, reference };
}

/** An integer of 0 in each form that it may take. */
const FALSE: ReadonlySet<string> = new Set(['false', '0', '0x0', '#00000000']);

function placeOf(message: ProtoMessage, field: number): XmlPlace {
  const position = message.message(field);
  return { line: position?.uint32(POSITION.LINE) ?? 0, column: position?.uint32(POSITION.COLUMN) ?? 0 };
}
