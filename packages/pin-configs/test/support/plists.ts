import { build, buildBinary } from 'plist';
import type { DataValue } from '../../src/data/value.ts';
import { parsePlist } from '../../src/plist/read.ts';

/** Anything that a library writes into a property list. */
type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/** A property list in XML, written by a library that is not ours. */
export const xmlPlist = (value: Plain): Uint8Array => new TextEncoder().encode(build(structuredClone(value) as never));

/** The same in Apple's binary form. */
export const binaryPlist = (value: Plain): Uint8Array => new Uint8Array(buildBinary(structuredClone(value) as never));

export const plistOf = (value: Plain): DataValue => parsePlist('Info.plist', xmlPlist(value));

/** A tree as plain JavaScript, places left out; a date or data is `other`. */
export function bare(value: DataValue): unknown {
  if (value.kind === 'dict')
    return Object.fromEntries(value.entries.map((entry) => [entry.key.text, bare(entry.value)]));
  if (value.kind === 'array') return value.items.map(bare);
  return value.kind === 'other' ? 'other' : value.value;
}
