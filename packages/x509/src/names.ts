import { type DerReader, equalBytes, TAG, toHex } from '@assay/formats';

/** One attribute of a distinguished name; values that are no character string are written as `#` and hex of their DER. */
export interface NameAttribute {
  readonly oid: string;
  readonly value: string;
}

/** A distinguished name (RFC 5280 4.1.2.4). `raw` is its whole DER element. */
export interface Name {
  readonly raw: Uint8Array;
  readonly rdns: readonly (readonly NameAttribute[])[];
  /** The attributes of all RDNs in order. */
  readonly attributes: readonly NameAttribute[];
}

const TEXT_TAGS: ReadonlySet<number> = new Set([TAG.UTF8, TAG.PRINTABLE, TAG.IA5, TAG.TELETEX, TAG.BMP, TAG.VISIBLE]);

/** Reads a Name. Raises FormatError. */
export function readName(reader: DerReader): Name {
  const { raw, inside } = reader.enterWhole(TAG.SEQUENCE);
  const rdns: (readonly NameAttribute[])[] = [];
  const attributes: NameAttribute[] = [];
  while (!inside.isEmpty) {
    const rdn = readRdn(inside.enter(TAG.SET));
    rdns.push(rdn);
    attributes.push(...rdn);
  }
  return { raw, rdns, attributes };
}

function readRdn(set: DerReader): NameAttribute[] {
  const attributes = [readAttribute(set.enter(TAG.SEQUENCE))];
  while (!set.isEmpty) attributes.push(readAttribute(set.enter(TAG.SEQUENCE)));
  return attributes;
}

function readAttribute(pair: DerReader): NameAttribute {
  const oid = pair.oid();
  const tag = pair.peek();
  const value = tag !== undefined && TEXT_TAGS.has(tag) ? pair.text() : `#${toHex(pair.element().raw)}`;
  pair.end();
  return { oid, value };
}

/**
 * Name chaining compares bytes: Baseline Requirements 7.1.4.1 demand byte-identical encodings, genuine device chains have
 * them, and RFC 5280 7.1 allows it. Looser comparison would only widen what an issuer may be mistaken for.
 */
export function sameName(a: Uint8Array, b: Uint8Array): boolean {
  return equalBytes(a, b);
}

export function isEmptyName(name: Name): boolean {
  return name.rdns.length === 0;
}

/** True when subject and issuer are the same name (RFC 5280 3.2, self-issued). */
export function isSelfIssued(certificate: { readonly subject: Name; readonly issuer: Name }): boolean {
  return sameName(certificate.subject.raw, certificate.issuer.raw);
}

/** The values of one attribute type, in order. */
export function attributeValues(name: Name, oid: string): readonly string[] {
  return name.attributes.filter((attribute) => attribute.oid === oid).map((attribute) => attribute.value);
}

/** True when `name` starts with all RDNs of `base` (RFC 5280 4.2.1.10, directoryName), compared as RFC 5280 7.1 says. */
export function isWithinName(name: Name, base: Name): boolean {
  return base.rdns.every((rdn, index) => {
    const other = name.rdns[index];
    return other !== undefined && normalRdn(other) === normalRdn(rdn);
  });
}

/** Case folded, inner white space as one space, ends trimmed (RFC 4518 2.6.1), in an order of its own. */
function normalRdn(rdn: readonly NameAttribute[]): string {
  const parts = rdn.map(({ oid, value }) => [oid, value.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()]);
  return JSON.stringify(parts.sort(([a = '', x = ''], [b = '', y = '']) => (a === b ? compare(x, y) : compare(a, b))));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Attributes that people know by letters (RFC 4514 3); the others go by their OID. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
]);

/** A name on one line for people, in its own order. Values stand as they came: whoever shows it takes control characters out. */
export function nameText({ attributes }: Name): string {
  return attributes.map(({ oid, value }) => `${LETTERS.get(oid) ?? oid}=${value}`).join(', ');
}
