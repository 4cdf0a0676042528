import type { XmlAttribute, XmlElement } from '@assay/formats';
import type { ResourceTable, ResourceValue } from '@assay/formats/artifacts';

/** Resources that are files: a reference to one stays a name, since several files may stand behind it. */
const FILE_TYPES: ReadonlySet<string> = new Set(['raw', 'xml', 'font', 'drawable', 'mipmap', 'layout', 'anim']);

/**
 * The same tree with the references of its attributes followed: to values, as `@bool/allowed` to `true`, what they stand for by
 * default; to files their name, `@raw/ca`. The platform follows them too before it reads an attribute.
 */
export function resolveReferences(element: XmlElement, table: ResourceTable): XmlElement {
  return {
    ...element,
    attributes: element.attributes.map((attribute) => resolveAttribute(attribute, table)),
    children: element.children.map((child) => resolveReferences(child, table)),
  };
}

function resolveAttribute(attribute: XmlAttribute, table: ResourceTable): XmlAttribute {
  const { reference } = attribute;
  const resource = reference === undefined ? undefined : table.get(reference);
  if (reference === undefined || resource === undefined) return attribute;
  if (FILE_TYPES.has(resource.type)) return { ...attribute, value: `@${resource.type}/${resource.name}` };
  const value = defaultOf(table.resolve(reference));
  return value === undefined || value.kind === 'map' ? attribute : { ...attribute, value: value.text };
}

/** The value for devices that no qualifier fits. */
const defaultOf = (values: readonly ResourceValue[]): ResourceValue | undefined =>
  values.find(({ config }) => config === '') ?? values[0];

/** Every file that a reference may lead to, for one device or another. */
export function filesBehind(reference: number | undefined, table: ResourceTable | undefined): readonly string[] {
  if (reference === undefined || table === undefined) return [];
  return table.resolve(reference).flatMap(({ kind, text }) => (kind === 'string' ? [text] : []));
}
