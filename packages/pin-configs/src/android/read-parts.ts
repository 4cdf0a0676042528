import type { XmlElement } from '@assay/formats';
import type { Spelled } from '../pinned-host.ts';
import { spelledAttribute, spelledText } from '../xml/place.ts';
import type { NscAnchor, NscDomain, NscPinSet, NscTrustKit } from './nsc.ts';
import { addProblem, booleanAttribute, checkForm, childrenNamed, type NscReader, present } from './nsc-reader.ts';
import { decodeAndroidBase64, parseNscExpiration, trimAscii } from './values.ts';

const SHA256_LENGTH = 32;

export function readAnchors(element: XmlElement, reader: NscReader): readonly NscAnchor[] {
  checkForm(element, 'trust-anchors', reader);
  return childrenNamed(element, 'certificates').flatMap((certificates) => readAnchor(certificates, reader));
}

function readAnchor(element: XmlElement, reader: NscReader): readonly NscAnchor[] {
  checkForm(element, 'certificates', reader);
  const place = reader.placeOf(element.at);
  const src = spelledAttribute(element, 'src', reader.placeOf);
  if (src === undefined) {
    addProblem(reader, 'crash', 'certificates_src', 'certificates has no src', place);
    return [];
  }
  if (!/^(?:system|user|wfa)$|^@/.test(src.text)) {
    addProblem(reader, 'crash', 'certificates_src', 'src is none of system, user, @raw/…', src.place);
  }
  return [present<NscAnchor>({ src, overridePins: booleanAttribute(element, 'overridePins', reader), place })];
}

export function readPinSet(element: XmlElement, reader: NscReader): NscPinSet {
  checkForm(element, 'pin-set', reader);
  const expiration = spelledAttribute(element, 'expiration', reader.placeOf);
  if (expiration !== undefined && parseNscExpiration(expiration.text) === undefined) {
    addProblem(reader, 'crash', 'expiration', 'expiration is no day of the form yyyy-MM-dd', expiration.place);
  }
  const pins = childrenNamed(element, 'pin').map((pin) => readPin(pin, reader));
  return present<NscPinSet>({ expiration, pins, place: reader.placeOf(element.at) });
}

function readPin(element: XmlElement, reader: NscReader): NscPinSet['pins'][number] {
  checkForm(element, 'pin', reader);
  const digest = spelledAttribute(element, 'digest', reader.placeOf);
  const value = spelledText(element, reader.placeOf);
  if (digest?.text.toUpperCase() !== 'SHA-256') {
    const place = digest?.place ?? reader.placeOf(element.at);
    addProblem(reader, 'crash', 'pin_digest', 'digest is not SHA-256, the only one supported', place);
  }
  if (isOnlyText(element, 'pin_text', reader)) checkPin(value.text, value.place, reader);
  return present<NscPinSet['pins'][number]>({ digest, value });
}

function checkPin(text: string, place: NscPinSet['place'], reader: NscReader): void {
  const bytes = decodeAndroidBase64(text);
  if (bytes === undefined) addProblem(reader, 'crash', 'pin_value', 'the pin is not base64', place);
  else if (bytes.length !== SHA256_LENGTH) {
    addProblem(reader, 'crash', 'pin_length', `the pin has ${bytes.length} bytes, not ${SHA256_LENGTH}`, place);
  }
}

function isOnlyText(element: XmlElement, code: string, reader: NscReader): boolean {
  const fault = textFault(element);
  if (fault !== undefined) addProblem(reader, 'crash', code, fault, reader.placeOf(element.at));
  return fault === undefined;
}

/** The parser takes one piece of text and then wants the end; pieces of white space alone are dropped by the build tools. */
function textFault({ name, children, text, isDivided }: XmlElement): string | undefined {
  if (children.length > 0) return `${name} holds elements where only text may stand`;
  if (trimAscii(text) === '') return `${name} holds no text`;
  return isDivided === true ? `a comment divides the text of ${name}: the platform sees two` : undefined;
}

export function readDomain(element: XmlElement, reader: NscReader): NscDomain {
  checkForm(element, 'domain', reader);
  const name = spelledText(element, reader.placeOf);
  if (isOnlyText(element, 'domain_text', reader)) checkDistinct(name, reader);
  return present<NscDomain>({ name, includeSubdomains: booleanAttribute(element, 'includeSubdomains', reader) });
}

function checkDistinct({ text, place }: Spelled, reader: NscReader): void {
  const name = toNscDomain(text);
  const earlier = reader.domains.get(name);
  if (earlier === undefined) reader.domains.set(name, place);
  else {
    const message = `${name} is there twice, first in line ${earlier.line}; includeSubdomains makes no difference`;
    addProblem(reader, 'crash', 'domain_twice', message, place);
  }
}

/** A domain as the platform compares it. Android before 8 kept white space, so that such a domain matched nothing. */
export const toNscDomain = (text: string): string => trimAscii(text).toLowerCase();

export function readTrustKit(element: XmlElement, reader: NscReader): NscTrustKit {
  checkForm(element, 'trustkit-config', reader);
  return present<NscTrustKit>({
    enforcePinning: spelledAttribute(element, 'enforcePinning', reader.placeOf),
    disableDefaultReportUri: spelledAttribute(element, 'disableDefaultReportUri', reader.placeOf),
    reportUris: childrenNamed(element, 'report-uri').map((uri) => spelledText(uri, reader.placeOf)),
    place: reader.placeOf(element.at),
  });
}
