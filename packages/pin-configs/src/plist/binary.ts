import type { DataValue } from '../data/value.ts';
import type { Place } from '../place.ts';
import { UnreadableFile } from '../unreadable.ts';

/** Objects in all, counted as often as they are referred to: a few bytes may refer to one another endlessly. */
const MAX_OBJECTS = 50_000;
const MAX_DEPTH = 32;
const TRAILER_BYTES = 32;
const HEADER = 'bplist00';

export const isBinaryPlist = (bytes: Uint8Array): boolean =>
  String.fromCharCode(...bytes.subarray(0, HEADER.length)) === HEADER;

/** A property list in Apple's binary form, version 00 (CFBinaryPList.c). No libraries' reader bounds what objects refer to. */
export function parseBinaryPlist(file: string, bytes: Uint8Array): DataValue {
  const place = { file, line: 0, column: 0 };
  try {
    return new BinaryPlist(bytes, place).root();
  } catch (error) {
    // A DataView throws a RangeError for every offset and length outside of the file.
    if (!(error instanceof RangeError)) throw error;
    throw new UnreadableFile('the binary property list ends early', place, undefined, { cause: error });
  }
}

class BinaryPlist {
  readonly #view: DataView;
  readonly #place: Place;
  readonly #offsetBytes: number;
  readonly #referenceBytes: number;
  readonly #objects: number;
  readonly #top: number;
  readonly #table: number;
  #seen = 0;

  constructor(bytes: Uint8Array, place: Place) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#place = place;
    const trailer = bytes.length - TRAILER_BYTES;
    this.#offsetBytes = this.#view.getUint8(trailer + 6);
    this.#referenceBytes = this.#view.getUint8(trailer + 7);
    this.#objects = this.#integer(trailer + 8, 8);
    this.#top = this.#integer(trailer + 16, 8);
    this.#table = this.#integer(trailer + 24, 8);
  }

  root(): DataValue {
    return this.#object(this.#top, 0);
  }

  #object(index: number, depth: number): DataValue {
    this.#seen += 1;
    if (depth > MAX_DEPTH || this.#seen > MAX_OBJECTS)
      throw this.#refused('too deep or too large', 'pin_configs.too_large');
    if (index >= this.#objects) throw this.#refused('a reference to no object');
    const offset = this.#integer(this.#table + index * this.#offsetBytes, this.#offsetBytes);
    const marker = this.#view.getUint8(offset);
    const read = READERS[marker >> 4];
    if (read === undefined) throw this.#refused(`an object of an unknown kind, 0x${marker.toString(16)}`);
    return read({ plist: this, offset, marker, depth, place: this.#place });
  }

  /** How many bytes, characters or objects follow, and where they begin. */
  counted(offset: number, marker: number): { readonly count: number; readonly from: number } {
    const nibble = marker & 0x0f;
    if (nibble !== 0x0f) return { count: nibble, from: offset + 1 };
    const size = 1 << (this.#view.getUint8(offset + 1) & 0x0f);
    return { count: this.#integer(offset + 2, size), from: offset + 2 + size };
  }

  /** The objects that a list of references names. */
  referred(from: number, count: number, depth: number): DataValue[] {
    const width = this.#referenceBytes;
    if (count > MAX_OBJECTS) throw this.#refused('too many objects', 'pin_configs.too_large');
    return Array.from({ length: count }, (_, index) =>
      this.#object(this.#integer(from + index * width, width), depth + 1),
    );
  }

  get referenceBytes(): number {
    return this.#referenceBytes;
  }

  number(offset: number, marker: number): number {
    const size = 1 << (marker & 0x0f);
    if (marker >> 4 === 1) return this.#integer(offset + 1, size);
    return size === 4 ? this.#view.getFloat32(offset + 1) : this.#view.getFloat64(offset + 1);
  }

  text(from: number, count: number, width: 1 | 2): string {
    let text = '';
    for (let at = from; at < from + count * width; at += width) {
      text += String.fromCharCode(width === 1 ? this.#view.getUint8(at) : this.#view.getUint16(at));
    }
    return text;
  }

  /** Big-endian. Past 2^53 it is no offset of a file that is read. */
  #integer(offset: number, bytes: number): number {
    if (bytes < 1 || bytes > 16) throw this.#refused('an integer of an impossible width');
    let value = 0;
    for (let at = offset; at < offset + bytes; at += 1) value = value * 256 + this.#view.getUint8(at);
    return value;
  }

  #refused(message: string, code?: 'pin_configs.too_large'): UnreadableFile {
    return new UnreadableFile(`not a binary property list: ${message}`, this.#place, code);
  }
}

interface Found {
  readonly plist: BinaryPlist;
  readonly offset: number;
  readonly marker: number;
  readonly depth: number;
  readonly place: Place;
}

/** One row for each kind of object, by the high half of its marker. */
const READERS: Readonly<Record<number, (found: Found) => DataValue>> = {
  0: ({ marker, place }) =>
    marker === 8 || marker === 9 ? { kind: 'boolean', value: marker === 9, place } : { kind: 'other', place },
  1: ({ plist, offset, marker, place }) => ({ kind: 'number', value: plist.number(offset, marker), place }),
  2: ({ plist, offset, marker, place }) => ({ kind: 'number', value: plist.number(offset, marker), place }),
  3: ({ place }) => ({ kind: 'other', place }),
  4: ({ place }) => ({ kind: 'other', place }),
  5: (found) => stringFrom(found, 1),
  6: (found) => stringFrom(found, 2),
  8: ({ place }) => ({ kind: 'other', place }),
  10: ({ plist, offset, marker, depth, place }) => {
    const { count, from } = plist.counted(offset, marker);
    return { kind: 'array', items: plist.referred(from, count, depth), place };
  },
  13: dictFrom,
};

function stringFrom({ plist, offset, marker, place }: Found, width: 1 | 2): DataValue {
  const { count, from } = plist.counted(offset, marker);
  return { kind: 'string', value: plist.text(from, count, width), place };
}

function dictFrom({ plist, offset, marker, depth, place }: Found): DataValue {
  const { count, from } = plist.counted(offset, marker);
  const keys = plist.referred(from, count, depth);
  const values = plist.referred(from + count * plist.referenceBytes, count, depth);
  const entries = keys.flatMap((key, index) => {
    const value = values[index];
    return key.kind === 'string' && value !== undefined ? [{ key: { text: key.value, place }, value }] : [];
  });
  return { kind: 'dict', entries, place };
}
