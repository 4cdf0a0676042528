import { ArtifactError, type Budget } from '../artifact-error.ts';
import type { ByteView } from '../byte-view.ts';
import { fromUnits } from '../utf8.ts';
import type { Chunk } from './chunk.ts';
import { decodeModifiedUtf8 } from './modified-utf8.ts';

const UTF8_FLAG = 1 << 8;
const HEADER_SIZE = 28;

/** What AAPT cut off the length of a text of more than 0x7fff units. */
const LOST_LENGTH = 0x8000;

/**
 * A string pool (AOSP `ResStringPool`), with the same tolerance: styles are skipped, a text that is not there or has no
 * end is undefined. Texts are decoded when asked for and charged to `budget`, so that entries which share their bytes
 * cannot swell.
 */
export class StringPool {
  private readonly view: ByteView;
  private readonly budget: Budget;
  private readonly entries: number;
  private readonly count: number;
  private readonly texts: number;
  private readonly end: number;
  private readonly isUtf8: boolean;
  private readonly decoded = new Map<number, string>();

  constructor(view: ByteView, chunk: Chunk, budget: Budget) {
    if (chunk.body - chunk.at < HEADER_SIZE) throw new ArtifactError('string_pool.invalid', chunk.at);
    const [styles, stylesStart] = [view.u32(chunk.at + 12), view.u32(chunk.at + 24)];
    this.view = view;
    this.budget = budget;
    this.entries = chunk.body;
    this.count = view.u32(chunk.at + 8);
    this.isUtf8 = (view.u32(chunk.at + 16) & UTF8_FLAG) !== 0;
    this.texts = chunk.at + view.u32(chunk.at + 20);
    this.end = styles === 0 ? chunk.end : chunk.at + stylesStart;
    if (this.count > 0) this.assertRoom(chunk);
  }

  /** The text with this index, or undefined. Throws `artifact.text_invalid`, `artifact.too_much_text`. */
  at(index: number): string | undefined {
    if (index >= this.count) return undefined;
    const known = this.decoded.get(index);
    if (known !== undefined) return known;
    const start = this.texts + this.view.u32(this.entries + index * 4);
    const text = this.isUtf8 ? this.readUtf8(start) : this.readUtf16(start);
    if (text !== undefined) this.decoded.set(index, text);
    return text;
  }

  private assertRoom(chunk: Chunk): void {
    const hasRoom = this.entries + this.count * 4 <= chunk.end && this.texts < this.end && this.end <= chunk.end;
    const last = hasRoom ? this.endOctet() : undefined;
    if (last !== 0) throw new ArtifactError('string_pool.invalid', chunk.at);
  }

  /** The last octet of the texts, or for UTF-16 both of the last unit: Android refuses a pool that ends otherwise. */
  private endOctet(): number {
    if (this.isUtf8) return this.view.u8(this.end - 1);
    return this.view.u16(this.texts + (((this.end - this.texts) >> 1) - 1) * 2);
  }

  private readUtf8(start: number): string | undefined {
    const units = this.readLength8(start);
    const octets = units && this.readLength8(units.next);
    if (octets === undefined) return undefined;
    for (let length = octets.length; octets.next + length < this.end; length += LOST_LENGTH) {
      if (this.view.u8(octets.next + length) === 0) return this.decode8(octets.next, length);
    }
    return undefined;
  }

  private decode8(at: number, length: number): string {
    this.budget.take(length, at);
    return decodeModifiedUtf8(this.view.part(at, length), at);
  }

  private readUtf16(start: number): string | undefined {
    const units = this.readLength16(start);
    if (units === undefined || units.next + units.length * 2 + 2 > this.end) return undefined;
    if (this.view.u16(units.next + units.length * 2) !== 0) return undefined;
    this.budget.take(units.length, start);
    const text = new Uint16Array(units.length);
    for (let index = 0; index < text.length; index += 1) text[index] = this.view.u16(units.next + index * 2);
    return fromUnits(text);
  }

  /** One octet, or two when the first has its high bit set. */
  private readLength8(at: number): { length: number; next: number } | undefined {
    if (at + 2 > this.end) return undefined;
    const first = this.view.u8(at);
    if (first < 0x80) return { length: first, next: at + 1 };
    return { length: ((first & 0x7f) << 8) | this.view.u8(at + 1), next: at + 2 };
  }

  /** One unit, or two when the first has its high bit set. */
  private readLength16(at: number): { length: number; next: number } | undefined {
    if (at + 4 > this.end) return undefined;
    const first = this.view.u16(at);
    if (first < 0x8000) return { length: first, next: at + 2 };
    return { length: (first & 0x7fff) * 0x10000 + this.view.u16(at + 2), next: at + 4 };
  }
}
