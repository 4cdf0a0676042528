import { FormatError } from './error.ts';

/** Bounds on hostile input. Nothing is ever allocated from a declared length. */
export interface DerLimits {
  /** Length of the whole input. Default 1 MiB. */
  readonly maxBytes: number;
  /** Nesting of entered elements. Default 16. */
  readonly maxDepth: number;
  /** Elements read, over all readers of one input together. Default 4096. */
  readonly maxNodes: number;
}

const DEFAULT_LIMITS: DerLimits = { maxBytes: 1 << 20, maxDepth: 16, maxNodes: 4096 };

/** Identifier octets of the universal types that are used here, with the constructed bit where it belongs. */
export const TAG = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OID: 0x06,
  ENUMERATED: 0x0a,
  UTF8: 0x0c,
  NUMERIC: 0x12,
  PRINTABLE: 0x13,
  TELETEX: 0x14,
  IA5: 0x16,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  VISIBLE: 0x1a,
  BMP: 0x1e,
  SEQUENCE: 0x30,
  SET: 0x31,
} as const;

export const CONSTRUCTED = 0x20;
export const CONTEXT = 0x80;
/** Low five bits of an identifier octet whose tag number follows in further octets. */
export const HIGH_NUMBER = 0x1f;

/** `contentEnd` of an element whose length is indefinite. */
export const INDEFINITE = -1;

const MAX_LENGTH_OCTETS = 4;
const MAX_TAG_NUMBER = 0x0fffffff;

/** Universal types whose encoding is constructed: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET, CHARACTER STRING. */
const CONSTRUCTED_TYPES = (1 << 8) | (1 << 11) | (1 << 16) | (1 << 17) | (1 << 29);

/**
 * Reads one header at a time into its own fields, so that walking over elements allocates nothing.
 * All readers of one input share one scanner, and with it one budget.
 */
export class TlvScanner {
  readonly bytes: Uint8Array;
  readonly maxDepth: number;
  private readonly isDer: boolean;
  private nodesLeft: number;

  /** First octet of the last header read. */
  identifier = 0;
  /** Tag number of the last header read. */
  number = 0;
  /** Where the identifier octets end and the length begins. */
  tagEnd = 0;
  contentStart = 0;
  /** End of the content; {@link INDEFINITE} under BER. */
  contentEnd = 0;

  constructor(bytes: Uint8Array, rules: 'DER' | 'BER', limits?: Partial<DerLimits>) {
    const { maxBytes, maxDepth, maxNodes } = limits === undefined ? DEFAULT_LIMITS : { ...DEFAULT_LIMITS, ...limits };
    if (bytes.length > maxBytes) throw new FormatError('der.input_too_large', maxBytes);
    this.bytes = bytes;
    this.maxDepth = maxDepth;
    this.nodesLeft = maxNodes;
    this.isDer = rules === 'DER';
  }

  /** Reads identifier and length at `at`, charges one node, and checks that the content ends by `limit`. */
  header(at: number, limit: number): void {
    if (at >= limit) throw new FormatError('der.element_missing', at);
    this.nodesLeft -= 1;
    if (this.nodesLeft < 0) throw new FormatError('der.too_many_elements', at);
    this.tag(at, limit);
    this.length(this.tagEnd, limit);
    if (this.isDer) this.checkForm(at);
  }

  /** Reads the identifier octets only. */
  tag(at: number, limit: number): void {
    const identifier = this.octet(at, limit);
    this.identifier = identifier;
    this.number = identifier & HIGH_NUMBER;
    this.tagEnd = at + 1;
    if (this.number === HIGH_NUMBER) this.highNumber(limit);
  }

  /** X.690 8.1.2.4: base-128 digits. Tag numbers under 31 have a shorter form, as has a first digit of zero. */
  private highNumber(limit: number): void {
    const start = this.tagEnd;
    let number = 0;
    let at = start;
    let octet: number;
    do {
      octet = this.octet(at, limit);
      number = number * 128 + (octet & 0x7f);
      if (number === 0) throw new FormatError('der.tag_not_minimal', at);
      if (number > MAX_TAG_NUMBER) throw new FormatError('der.tag_too_large', at);
      at += 1;
    } while (octet >= 0x80);
    if (number < HIGH_NUMBER) throw new FormatError('der.tag_not_minimal', start);
    this.number = number;
    this.tagEnd = at;
  }

  private length(at: number, limit: number): void {
    const first = this.octet(at, limit);
    if (first < 0x80) {
      this.setContent(at + 1, first, limit);
    } else if (first === 0x80) {
      this.indefiniteLength(at);
    } else {
      this.longLength(at, first & 0x7f, limit);
    }
  }

  private indefiniteLength(at: number): void {
    if (this.isDer) throw new FormatError('der.length_indefinite', at);
    if ((this.identifier & CONSTRUCTED) === 0) throw new FormatError('ber.length_indefinite_primitive', at);
    this.contentStart = at + 1;
    this.contentEnd = INDEFINITE;
  }

  private longLength(at: number, octets: number, limit: number): void {
    if (octets > MAX_LENGTH_OCTETS) throw new FormatError('der.length_too_large', at);
    let length = 0;
    for (let next = at + 1; next <= at + octets; next += 1) length = length * 256 + this.octet(next, limit);
    if (this.isDer && (length < 0x80 || length < 256 ** (octets - 1))) {
      throw new FormatError('der.length_not_minimal', at);
    }
    this.setContent(at + 1 + octets, length, limit);
  }

  private setContent(start: number, length: number, limit: number): void {
    if (length > limit - start) throw new FormatError('der.truncated', start);
    this.contentStart = start;
    this.contentEnd = start + length;
  }

  /** X.690 10.2: DER has one form, primitive or constructed, for each universal type. */
  private checkForm(at: number): void {
    const { identifier } = this;
    if (identifier >= 0x40 || this.number >= HIGH_NUMBER) return;
    if (this.number === 0) throw new FormatError('der.tag_reserved', at);
    const mustBeConstructed = ((CONSTRUCTED_TYPES >> this.number) & 1) === 1;
    if (mustBeConstructed !== (identifier & CONSTRUCTED) > 0) throw new FormatError('der.form_invalid', at);
  }

  private octet(at: number, limit: number): number {
    const octet = at < limit ? this.bytes[at] : undefined;
    if (octet === undefined) throw new FormatError('der.truncated', at);
    return octet;
  }
}
