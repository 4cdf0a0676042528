import type { XmlElement, XmlPlace } from '@assay/formats';
import type { Spelled } from '../pinned-host.ts';
import type { Place, Placer } from '../place.ts';

/** Turns the places of one tree into places in its file. */
export type PlaceOf = (at: XmlPlace) => Place;

/** With a placer of the text places have an end; binary forms have at best a line. */
export function placesIn(file: string, placer?: Placer): PlaceOf {
  return ({ line, column, start, end }) =>
    placer === undefined || start === undefined ? { file, line, column } : placer.at(start, end);
}

/** An element's text and where it stands. */
export function spelledText({ text, textAt, at }: XmlElement, placeOf: PlaceOf): Spelled {
  return { text, place: placeOf(textAt ?? at) };
}

/** An attribute in no namespace. Where a binary document has it twice the first counts, as on the device. */
export function spelledAttribute(element: XmlElement, name: string, placeOf: PlaceOf): Spelled | undefined {
  const found = element.attributes.find((attribute) => attribute.name === name && attribute.namespace === undefined);
  return found === undefined ? undefined : { text: found.value, place: placeOf(found.at) };
}
