import { list, membersOf, misfit, object, type Reader } from '@assay/formats/shape';

/**
 * Readers for what vendors' services say in JSON. Vendors add members and leave some out, and proto-JSON writes 64-bit
 * numbers as text: every member is optional, a whole number may be either, and what is not known is passed over and named.
 */

/** Members by name: a reader, or a group of members. */
export interface VendorShape {
  readonly [name: string]: Reader<unknown> | VendorShape;
}

/** What a shape reads: the members that were there. */
export type VendorMembers<S extends VendorShape> = {
  readonly [K in keyof S]?: S[K] extends Reader<infer T> ? T : S[K] extends VendorShape ? VendorMembers<S[K]> : never;
};

/** Text of any content, of at most `max` characters. */
export function text(max = 1024): Reader<string> {
  return (value, path) =>
    typeof value === 'string' && value.length <= max ? value : misfit(path, `text of at most ${max} characters`);
}

/** A list of texts, or one text that stands for a list of itself. */
export function textOrList(maxText: number, max: number): Reader<readonly string[]> {
  const read = text(maxText);
  const readList = list(read, max);
  return (value, path) => (typeof value === 'string' ? [read(value, path)] : readList(value, path));
}

const DIGITS = /^(0|[1-9][0-9]{0,15})$/;

/** A whole number from 0, as a number or as its decimal digits. */
export const wholeNumber: Reader<number> = (value, path) => {
  const number = typeof value === 'string' && DIGITS.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0
    ? number
    : misfit(path, 'a whole number, or its digits');
};

/** Reads an object in which every member of the shape may be missing and others may be there. */
export function vendorObject<const S extends VendorShape>(shape: S): Reader<VendorMembers<S>> {
  const readers = Object.entries(shape).map(
    ([name, each]) => [name, typeof each === 'function' ? each : vendorObject(each)] as const,
  );
  const read = object({}, Object.fromEntries(readers), { open: true });
  return (value, path) => read(value, path) as VendorMembers<S>; // each member came out of the reader of its name
}

const NAME = /^[A-Za-z0-9_]{1,40}$/;
const MAX_NAMED = 8;

/** Names of members that a shape does not know, for people: a vendor's news. At most a few, and only those that are names. */
export function passedOver(value: unknown, shape: VendorShape, prefix = ''): readonly string[] {
  const found = Object.entries(membersOf(value, '$')).flatMap(([name, member]) => {
    const known = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (known === undefined) return NAME.test(name) ? [`${prefix}${name}`] : [];
    return typeof known === 'function' ? [] : passedOver(member, known, `${prefix}${name}.`);
  });
  return found.slice(0, MAX_NAMED);
}
