/** Prefixes in force, by Namespaces in XML 1.0; the empty prefix is the default namespace. */
export type Prefixes = ReadonlyMap<string, string>;

/** What is bound without a declaration. */
export const NO_PREFIXES: Prefixes = new Map([
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
  ['xmlns', 'http://www.w3.org/2000/xmlns/'],
]);

export const isDeclaration = (name: string): boolean => name === 'xmlns' || name.startsWith('xmlns:');

/** The prefixes inside an element with these attributes. */
export function withDeclared(
  attributes: readonly { readonly name: string; readonly value: string }[],
  outer: Prefixes,
): Prefixes {
  const declared = attributes.filter(({ name }) => isDeclaration(name));
  if (declared.length === 0) return outer;
  return new Map([...outer, ...declared.map(({ name, value }) => [name.slice('xmlns:'.length), value] as const)]);
}

export interface ExpandedName {
  readonly name: string;
  readonly namespace?: string;
}

/** A name without a prefix is in the namespace `unprefixed`. Undefined when the prefix is not declared. */
export function expandName(qualified: string, prefixes: Prefixes, unprefixed?: string): ExpandedName | undefined {
  const colon = qualified.indexOf(':');
  const namespace = colon === -1 ? unprefixed : prefixes.get(qualified.slice(0, colon));
  if (colon !== -1 && namespace === undefined) return undefined;
  const name = qualified.slice(colon + 1);
  return namespace === undefined || namespace === '' ? { name } : { name, namespace };
}
