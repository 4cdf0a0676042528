import type { XmlAttribute, XmlElement } from '@assay/formats';
import type { Spelled } from '../pinned-host.ts';
import type { Place } from '../place.ts';
import { type PlaceOf, spelledAttribute } from '../xml/place.ts';
import type { NscProblem } from './nsc.ts';
import { type ElementRule, NSC_GRAMMAR, type NscElementName, TEXT_ONLY } from './nsc-grammar.ts';
import { readBoolean } from './values.ts';

const TOOLS = 'http://schemas.android.com/tools';

/** What reading one file remembers on its way. */
export interface NscReader {
  readonly placeOf: PlaceOf;
  readonly problems: NscProblem[];
  /** Every domain so far, by the name that the platform compares. */
  readonly domains: Map<string, Place>;
  readonly build?: 'debug';
}

export function addProblem(
  { problems, build }: NscReader,
  effect: NscProblem['effect'],
  code: string,
  message: string,
  place: Place,
  subject?: string,
): void {
  const more = { ...(build === undefined ? {} : { build }), ...(subject === undefined ? {} : { subject }) };
  problems.push({ code, effect, ...more, message, place });
}

/** Compares attributes and children with the grammar; what the build tools take out (`tools:`) is not there for the platform. */
export function checkForm(element: XmlElement, name: NscElementName, reader: NscReader): void {
  const rule: ElementRule = NSC_GRAMMAR[name];
  for (const attribute of element.attributes) checkAttribute(attribute, name, rule, reader);
  if (TEXT_ONLY.has(name)) return;
  for (const child of element.children) checkChild(child, name, rule, reader);
}

function checkAttribute(attribute: XmlAttribute, name: NscElementName, rule: ElementRule, reader: NscReader): void {
  if (attribute.namespace === TOOLS) return;
  // Attributes of the three scopes are found by their local name, all others only outside any namespace.
  const isFound = attribute.namespace === undefined || name.endsWith('-config') || name === 'debug-overrides';
  if (isFound && rule.attributes.includes(attribute.name)) return;
  const message = `the attribute ${attribute.name} means nothing on ${name}: the platform passes over it`;
  addProblem(reader, 'ignored', 'unknown_attribute', message, reader.placeOf(attribute.at), attribute.name);
}

function checkChild(child: XmlElement, parent: NscElementName, rule: ElementRule, reader: NscReader): void {
  if (child.namespace === TOOLS) return;
  const known = Object.hasOwn(rule.children, child.name) ? rule.children[child.name] : undefined;
  if (known === 'read') return;
  const place = reader.placeOf(child.at);
  if (known !== undefined) addProblem(reader, 'crash', known.refused, known.message, place);
  else {
    const message = `the element ${child.name} means nothing in ${parent}: the platform skips it with all that it holds`;
    addProblem(reader, 'ignored', 'unknown_element', message, place, child.name);
  }
}

export const childrenNamed = (element: XmlElement, name: NscElementName): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** The first child of a name; a second one is refused. */
export function onlyChild(
  element: XmlElement,
  name: NscElementName,
  code: string,
  reader: NscReader,
): XmlElement | undefined {
  const [first, ...others] = childrenNamed(element, name);
  for (const other of others) addProblem(reader, 'crash', code, `there is a second ${name}`, reader.placeOf(other.at));
  return first;
}

/** An attribute that must be a boolean; other text counts as absent, or as `otherwise`, without a word. */
export function booleanAttribute(
  element: XmlElement,
  name: string,
  reader: NscReader,
  otherwise = 'not written',
): Spelled | undefined {
  const spelled = spelledAttribute(element, name, reader.placeOf);
  if (spelled === undefined || readBoolean(spelled.text) !== undefined) return spelled;
  const message = `${name} is neither true nor false, and counts as ${otherwise}`;
  addProblem(reader, 'ignored', 'not_boolean', message, spelled.place, isNo(spelled.text) ? undefined : name);
  return spelled;
}

/** What counts as absent and was meant so. */
const isNo = (text: string): boolean => /^\s*(?:no|off|false)\s*$/i.test(text);

/** An object of those members that are there: absent and undefined are two things to a reader of the model. */
export function present<T extends object>(members: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
