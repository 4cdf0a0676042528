import { type DerReader, decodeUtf8 } from '@assay/formats';
import { malformed } from './faults.ts';
import { type Name, readName } from './names.ts';

/** A GeneralName (RFC 5280 4.2.1.6). Forms that this package cannot compare keep only their tag number, as `unsupported`. */
export type GeneralName =
  | { readonly kind: 'email' | 'dns'; readonly value: string }
  /** An address (4 or 16 octets) in a name; an address and mask (8 or 32 octets) in a constraint. */
  | { readonly kind: 'ip'; readonly value: Uint8Array }
  | { readonly kind: 'directory'; readonly value: Name }
  | { readonly kind: 'unsupported'; readonly tag: number };

/** Where a GeneralName stands decides how long an address is. */
export type GeneralNameUse = 'name' | 'constraint';

const ADDRESS_LENGTHS: Readonly<Record<GeneralNameUse, readonly number[]>> = { name: [4, 16], constraint: [8, 32] };

/** What follows the tag number of each form that is read; the others are skipped whole. */
const FORMS: Readonly<Record<number, (reader: DerReader, use: GeneralNameUse) => GeneralName>> = {
  1: (reader) => ({ kind: 'email', value: ascii(reader.content(0x81)) }),
  2: (reader) => ({ kind: 'dns', value: ascii(reader.content(0x82)) }),
  4: (reader) => ({ kind: 'directory', value: readDirectoryName(reader.enter(0xa4)) }),
  7: (reader, use) => ({ kind: 'ip', value: address(reader.content(0x87), use) }),
};

/** Reads one GeneralName. Raises FormatError and x509.extension_malformed. */
export function readGeneralName(reader: DerReader, use: GeneralNameUse): GeneralName {
  const tag = reader.peekTag();
  const read = tag?.class === 'context' ? FORMS[tag.number] : undefined;
  if (read) return read(reader, use);
  const element = reader.element();
  if (element.tag.class !== 'context' || element.tag.number > 8) throw malformedName('a GeneralName');
  return { kind: 'unsupported', tag: element.tag.number };
}

/** Reads GeneralNames up to the end; one at least (RFC 5280 4.2.1.6, SIZE (1..MAX)). */
export function readGeneralNames(reader: DerReader): readonly GeneralName[] {
  const names = [readGeneralName(reader, 'name')];
  while (!reader.isEmpty) names.push(readGeneralName(reader, 'name'));
  return names;
}

function readDirectoryName(reader: DerReader): Name {
  const name = readName(reader);
  reader.end();
  return name;
}

/** IA5String: international names must have been converted before (RFC 5280 7.2), so any other octet is a fault. */
function ascii(bytes: Uint8Array): string {
  if (bytes.some((byte) => byte < 0x20 || byte > 0x7e)) throw malformedName('printable ASCII');
  return decodeUtf8(bytes);
}

function address(bytes: Uint8Array, use: GeneralNameUse): Uint8Array {
  if (!ADDRESS_LENGTHS[use].includes(bytes.length)) {
    throw malformedName(`an iPAddress of ${ADDRESS_LENGTHS[use].join(' or ')} octets`, `${bytes.length} octets`);
  }
  return bytes;
}

function malformedName(expected: string, found?: string): Error {
  return malformed('x509.extension_malformed', { clause: 'RFC 5280 4.2.1.6', expected, found });
}
