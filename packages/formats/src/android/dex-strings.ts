import { ArtifactError, Budget } from '../artifact-error.ts';
import type { BytesPredicate } from '../byte-search.ts';
import type { ByteView } from '../byte-view.ts';
import { type DexTable, itemAt } from './dex-header.ts';
import { decodeModifiedUtf8 } from './modified-utf8.ts';

/** Octets of a number in LEB128. */
const MAX_LEB_OCTETS = 5;

/** The strings of a dex file, found where they stand and decoded one by one when asked for. */
export class DexStrings {
  private readonly view: ByteView;
  private readonly table: DexTable;
  private readonly decoded = new Map<number, string>();
  private readonly budget: Budget;
  /** Place of the string that was located last. */
  private start = 0;
  private end = 0;

  constructor(view: ByteView, table: DexTable) {
    this.view = view;
    this.table = table;
    this.budget = this.createBudget();
  }

  get count(): number {
    return this.table.count;
  }

  /** Throws `dex.index_invalid`, `dex.strings_overlap`, `artifact.text_invalid`, `artifact.truncated`. */
  text(index: number): string {
    const known = this.decoded.get(index);
    if (known !== undefined) return known;
    this.locate(index, this.budget);
    const text = decodeModifiedUtf8(this.view.bytes.subarray(this.start, this.end), this.start);
    this.decoded.set(index, text);
    return text;
  }

  /** Indexes of the strings whose bytes are wanted. */
  find(accepts: BytesPredicate): number[] {
    const found: number[] = [];
    const budget = this.createBudget();
    for (let index = 0; index < this.table.count; index += 1) {
      this.locate(index, budget);
      if (accepts(this.view.bytes, this.start, this.end)) found.push(index);
    }
    return found;
  }

  /** Whether the bytes of the string are these. */
  equals(index: number, wanted: Uint8Array): boolean {
    const { bytes } = this.view;
    const start = this.startOf(index);
    for (let at = 0; at < wanted.length; at += 1) {
      if (bytes[start + at] !== wanted[at]) return false;
    }
    return bytes[start + wanted.length] === 0;
  }

  /** Strings do not overlap, so all of them together are shorter than the file. */
  private createBudget(): Budget {
    return new Budget(this.view.length, 'dex.strings_overlap');
  }

  /** A string has a byte at least for each of its UTF-16 units, then a zero. */
  private locate(index: number, budget: Budget): void {
    const { bytes } = this.view;
    const lengthAt = this.view.u32(itemAt(this.table, index, 4));
    this.start = this.startOf(index);
    this.end = this.start + this.readLength(lengthAt, this.start);
    while (bytes[this.end] !== 0) {
      if (this.end >= bytes.length) throw new ArtifactError('artifact.truncated', this.start);
      this.end += 1;
    }
    budget.take(this.end - this.start, this.start);
  }

  /** Behind the length, which is a number in LEB128. */
  private startOf(index: number): number {
    const { bytes } = this.view;
    const at = this.view.u32(itemAt(this.table, index, 4));
    for (let next = at; next < at + MAX_LEB_OCTETS; next += 1) {
      if ((bytes[next] ?? 0xff) < 0x80) return next + 1;
    }
    throw new ArtifactError('artifact.text_invalid', at);
  }

  private readLength(at: number, end: number): number {
    let length = 0;
    for (let next = end - 1; next >= at; next -= 1) length = length * 128 + ((this.view.bytes[next] ?? 0) & 0x7f);
    return length;
  }
}
