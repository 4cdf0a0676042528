import { toTime } from './der-time.ts';
import { checkInteger, toBitString, toBoolean, toInteger, toOid, toSmallInteger, toText } from './der-values.ts';
import { FormatError } from './error.ts';
import { CONSTRUCTED, CONTEXT, type DerLimits, HIGH_NUMBER, TAG, TlvScanner } from './tlv.ts';

export { type DerLimits, TAG } from './tlv.ts';

export type DerClass = 'universal' | 'application' | 'context' | 'private';

export interface DerTag {
  readonly class: DerClass;
  readonly constructed: boolean;
  readonly number: number;
}

/** One element; the byte arrays are views into the input. */
export interface DerElement {
  readonly tag: DerTag;
  /** The first identifier octet. */
  readonly identifier: number;
  /** The whole element, header included. */
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
  /** Where the element begins in the original input. */
  readonly offset: number;
}

const CLASSES: readonly DerClass[] = ['universal', 'application', 'context', 'private'];

/**
 * A cursor over a series of DER elements (X.690 10 and 11). Views are zero-copy; readers of nested content share one
 * budget. Only what is read is checked: the content of an element that is skipped or taken raw is not looked at.
 *
 * Every method throws {@link FormatError}: `der.element_missing` at the end, `der.unexpected_tag` for another type,
 * the header faults (`der.truncated`, `der.length_*`, `der.tag_*`, `der.form_invalid`), and those of its own type.
 *
 * @example
 * const outer = DerReader.of(spki);
 * const info = outer.enter(TAG.SEQUENCE);
 * const algorithm = info.enter(TAG.SEQUENCE).oid();
 * const key = info.bitString().bytes;
 * info.end();
 * outer.end();
 */
export class DerReader {
  private readonly scanner: TlvScanner;
  private readonly limit: number;
  private readonly depth: number;
  private position: number;

  private constructor(scanner: TlvScanner, position: number, limit: number, depth: number) {
    this.scanner = scanner;
    this.position = position;
    this.limit = limit;
    this.depth = depth;
  }

  /** A reader over the whole input; the caller finishes with {@link end}. Throws `der.input_too_large`. */
  static of(bytes: Uint8Array, limits?: Partial<DerLimits>): DerReader {
    return new DerReader(new TlvScanner(bytes, 'DER', limits), 0, bytes.length, 0);
  }

  get isEmpty(): boolean {
    return this.position >= this.limit;
  }

  /** Where the next element begins in the original input. */
  get offset(): number {
    return this.position;
  }

  /** First identifier octet of the next element, or undefined at the end. */
  peek(): number | undefined {
    return this.isEmpty ? undefined : this.scanner.bytes[this.position];
  }

  /** Tag of the next element, or undefined at the end. */
  peekTag(): DerTag | undefined {
    if (this.isEmpty) return undefined;
    this.scanner.tag(this.position, this.limit);
    return this.lastTag();
  }

  /** The next element, of any type. */
  element(): DerElement {
    const offset = this.next();
    const { bytes, identifier, contentEnd } = this.scanner;
    const raw = bytes.subarray(offset, contentEnd);
    return { tag: this.lastTag(), identifier, raw, content: this.lastContent(), offset };
  }

  skip(): void {
    this.next();
  }

  /**
   * A reader over the content of the element with this identifier octet: a constructed one, or an OCTET STRING that
   * wraps DER, which then shares this input's budget and offsets. Throws `der.too_deep`.
   */
  enter(identifier: number): DerReader {
    this.expect(identifier);
    return this.inside();
  }

  /** As {@link enter}, together with the whole element: for parts that are kept, or were signed, as they stand. */
  enterWhole(identifier: number): { raw: Uint8Array; inside: DerReader } {
    const offset = this.expect(identifier);
    return { raw: this.scanner.bytes.subarray(offset, this.scanner.contentEnd), inside: this.inside() };
  }

  /** A reader over the content of a constructed `[number]`, if that is the next element. */
  explicit(number: number): DerReader | undefined {
    if (this.isEmpty) return undefined;
    this.scanner.tag(this.position, this.limit);
    const isNext = this.scanner.number === number && this.scanner.identifier >> 5 === (CONTEXT | CONSTRUCTED) >> 5;
    if (!isNext) return undefined;
    this.next();
    return this.inside();
  }

  /** Content of the element with this identifier octet. */
  content(identifier: number): Uint8Array {
    this.expect(identifier);
    return this.lastContent();
  }

  /** The whole next element, header included; of this type when one is named. */
  raw(identifier?: number): Uint8Array {
    const offset = identifier === undefined ? this.next() : this.expect(identifier);
    return this.scanner.bytes.subarray(offset, this.scanner.contentEnd);
  }

  /** Throws `der.boolean_invalid`. `lenient` takes any octet but 0x00 for true, as some genuine devices encode it. */
  boolean(options?: { readonly lenient?: boolean }): boolean {
    const { bytes, contentStart, contentEnd } = this.primitive(TAG.BOOLEAN);
    return toBoolean(bytes, contentStart, contentEnd, options?.lenient === true);
  }

  /** Throws `der.integer_empty`, `der.integer_not_minimal`. */
  integer(): bigint {
    const { bytes, contentStart, contentEnd } = this.primitive(TAG.INTEGER);
    return toInteger(bytes, contentStart, contentEnd);
  }

  /** A number from 0 to `max`. Throws as {@link integer}, and `der.integer_out_of_range`. */
  smallInteger(max: number = Number.MAX_SAFE_INTEGER): number {
    const { bytes, contentStart, contentEnd } = this.primitive(TAG.INTEGER);
    return toSmallInteger(bytes, contentStart, contentEnd, max);
  }

  /** The minimal two's complement octets of an INTEGER. Throws as {@link integer}. */
  integerBytes(): Uint8Array {
    const { bytes, contentStart, contentEnd } = this.primitive(TAG.INTEGER);
    checkInteger(bytes, contentStart, contentEnd);
    return this.lastContent();
  }

  /** Throws as {@link smallInteger}. */
  enumerated(): number {
    const { bytes, contentStart, contentEnd } = this.primitive(TAG.ENUMERATED);
    return toSmallInteger(bytes, contentStart, contentEnd, Number.MAX_SAFE_INTEGER);
  }

  /** Dotted decimal. Throws `der.oid_invalid`. */
  oid(): string {
    const { bytes, contentStart, contentEnd } = this.primitive(TAG.OID);
    return toOid(bytes, contentStart, contentEnd);
  }

  octetString(): Uint8Array {
    return this.content(TAG.OCTET_STRING);
  }

  /** Throws `der.bit_string_invalid`. */
  bitString(): { unused: number; bytes: Uint8Array } {
    const { bytes, contentStart, contentEnd } = this.primitive(TAG.BIT_STRING);
    return toBitString(bytes, contentStart, contentEnd);
  }

  /** Throws `der.null_invalid`. */
  nullValue(): void {
    const { contentStart, contentEnd } = this.primitive(TAG.NULL);
    if (contentEnd > contentStart) throw new FormatError('der.null_invalid', contentStart);
  }

  /** Text of a UTF8, Numeric, Printable, Teletex (as Latin-1), IA5, Visible or BMPString. Throws `der.text_invalid`. */
  text(): string {
    const offset = this.next();
    const { identifier, bytes, contentStart, contentEnd } = this.scanner;
    const text = toText(identifier, bytes, contentStart, contentEnd);
    if (text === undefined) throw this.unexpected(offset, 'a character string');
    return text;
  }

  /** Epoch milliseconds of a UTCTime or GeneralizedTime as RFC 5280 4.1.2.5 admits it. Throws `der.time_invalid`. */
  time(): number {
    const offset = this.next();
    const { identifier, bytes, contentStart, contentEnd } = this.scanner;
    const time = toTime(identifier, bytes, contentStart, contentEnd);
    if (time === undefined) throw this.unexpected(offset, 'UTCTime or GeneralizedTime');
    return time;
  }

  /** Throws `der.trailing_bytes` unless everything has been read. */
  end(): void {
    if (!this.isEmpty) throw new FormatError('der.trailing_bytes', this.position);
  }

  /** Reads the next header and moves behind the element; returns where it began. */
  private next(): number {
    const offset = this.position;
    this.scanner.header(offset, this.limit);
    this.position = this.scanner.contentEnd;
    return offset;
  }

  /** As {@link next}, for one type. An octet with a high tag number names no type, so it never matches. */
  private expect(identifier: number): number {
    const offset = this.next();
    const isExpected = this.scanner.identifier === identifier && (identifier & HIGH_NUMBER) !== HIGH_NUMBER;
    if (!isExpected) throw this.unexpected(offset, `identifier 0x${identifier.toString(16)}`);
    return offset;
  }

  /** The scanner at the content of the element with this identifier octet. */
  private primitive(identifier: number): TlvScanner {
    this.expect(identifier);
    return this.scanner;
  }

  private unexpected(offset: number, expected: string): FormatError {
    const found = `identifier 0x${this.scanner.identifier.toString(16)}`;
    return new FormatError('der.unexpected_tag', offset, { expected, found });
  }

  private inside(): DerReader {
    const { contentStart, contentEnd, maxDepth } = this.scanner;
    const depth = this.depth + 1;
    if (depth > maxDepth) throw new FormatError('der.too_deep', contentStart);
    return new DerReader(this.scanner, contentStart, contentEnd, depth);
  }

  private lastContent(): Uint8Array {
    return this.scanner.bytes.subarray(this.scanner.contentStart, this.scanner.contentEnd);
  }

  private lastTag(): DerTag {
    const { identifier, number } = this.scanner;
    return { class: CLASSES[identifier >> 6] ?? 'universal', constructed: (identifier & CONSTRUCTED) > 0, number };
  }
}
