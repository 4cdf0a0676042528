import type { XmlElement } from '@assay/formats';
import type { DataEntry, DataValue } from '../data/value.ts';
import type { Placer } from '../place.ts';
import { UnreadableFile } from '../unreadable.ts';
import { type PlaceOf, placesIn, spelledText } from '../xml/place.ts';
import { parseXml } from '../xml/read.ts';

/** One row for each element that a value may be (Apple's PropertyList-1.0.dtd). */
const VALUES: Readonly<Record<string, (element: XmlElement, placeOf: PlaceOf) => DataValue>> = {
  dict: (element, placeOf) => ({ kind: 'dict', entries: entriesOf(element, placeOf), place: placeOf(element.at) }),
  array: ({ children, at }, placeOf) => ({
    kind: 'array',
    items: children.map((child) => valueFrom(child, placeOf)),
    place: placeOf(at),
  }),
  string: (element, placeOf) => {
    const { text, place } = spelledText(element, placeOf);
    return { kind: 'string', value: text, place };
  },
  true: ({ at }, placeOf) => ({ kind: 'boolean', value: true, place: placeOf(at) }),
  false: ({ at }, placeOf) => ({ kind: 'boolean', value: false, place: placeOf(at) }),
  integer: numberFrom,
  real: numberFrom,
  date: ({ at }, placeOf) => ({ kind: 'other', place: placeOf(at) }),
  data: ({ at }, placeOf) => ({ kind: 'other', place: placeOf(at) }),
};

function numberFrom({ text, at }: XmlElement, placeOf: PlaceOf): DataValue {
  return { kind: 'number', value: Number(text.trim()), place: placeOf(at) };
}

/** A property list in XML. @throws UnreadableFile */
export function parseXmlPlist(file: string, text: string, placer: Placer): DataValue {
  const root = parseXml(file, text);
  const placeOf = placesIn(file, placer);
  const [value] = root.children;
  if (root.name === 'plist' && value !== undefined && root.children.length === 1) return valueFrom(value, placeOf);
  throw new UnreadableFile('expected one value inside <plist>', placeOf(root.at));
}

function valueFrom(element: XmlElement, placeOf: PlaceOf): DataValue {
  const read = Object.hasOwn(VALUES, element.name) ? VALUES[element.name] : undefined;
  if (read !== undefined) return read(element, placeOf);
  throw new UnreadableFile(`expected a value of a property list, found <${element.name}>`, placeOf(element.at));
}

function entriesOf({ children }: XmlElement, placeOf: PlaceOf): DataEntry[] {
  const entries: DataEntry[] = [];
  for (let index = 0; index < children.length; index += 2) {
    const [key, value] = [children[index], children[index + 1]];
    if (key?.name !== 'key' || value === undefined) throw unpaired(key ?? value, placeOf);
    entries.push({ key: spelledText(key, placeOf), value: valueFrom(value, placeOf) });
  }
  return entries;
}

function unpaired(element: XmlElement | undefined, placeOf: PlaceOf): UnreadableFile {
  const place = placeOf(element?.at ?? { line: 0, column: 0 });
  return new UnreadableFile(`expected a key and its value, found <${element?.name ?? ''}>`, place);
}
