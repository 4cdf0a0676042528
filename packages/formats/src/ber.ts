import { join } from './bytes.ts';
import { tlv } from './der-write.ts';
import { FormatError } from './error.ts';
import { CONSTRUCTED, type DerLimits, INDEFINITE, TAG, TlvScanner } from './tlv.ts';

const SEGMENTED = TAG.OCTET_STRING | CONSTRUCTED;
const OCTET_STRING_TAG = Uint8Array.of(TAG.OCTET_STRING);

/**
 * The same value in minimal definite lengths, with segmented OCTET STRINGs joined, so that DerReader can read it. For
 * Apple's receipts, which are BER (X.690 8); nothing else should need it. Contents of primitive elements and the order
 * of sets stay as they are. The limits are those of the DER reader.
 *
 * Throws `ber.*`, and `der.*` for faults of headers and limits.
 */
export function normaliseBer(bytes: Uint8Array, limits?: Partial<DerLimits>): Uint8Array<ArrayBuffer> {
  const normaliser = new Normaliser(new TlvScanner(bytes, 'BER', limits));
  const element = normaliser.element(bytes.length, 0);
  if (normaliser.position < bytes.length) throw new FormatError('der.trailing_bytes', normaliser.position);
  return element;
}

class Normaliser {
  /** Where the next element begins. */
  position = 0;
  private readonly scanner: TlvScanner;

  constructor(scanner: TlvScanner) {
    this.scanner = scanner;
  }

  /** The next element, normalised. */
  element(limit: number, depth: number): Uint8Array<ArrayBuffer> {
    const { scanner, position: start } = this;
    scanner.header(start, limit);
    const { bytes, identifier, tagEnd, contentStart, contentEnd } = scanner;
    if (identifier === 0) throw new FormatError('der.tag_reserved', start);
    if (identifier === SEGMENTED) return tlv(OCTET_STRING_TAG, this.segments(limit, depth));
    if ((identifier & CONSTRUCTED) > 0) return tlv(bytes.subarray(start, tagEnd), this.children(limit, depth));
    this.position = contentEnd;
    return tlv(bytes.subarray(start, tagEnd), bytes.subarray(contentStart, contentEnd));
  }

  /** The elements inside the constructed element whose header was read last. */
  private children(limit: number, depth: number): Uint8Array {
    return this.inside(limit, depth, (end) => this.element(end, depth + 1));
  }

  /** X.690 8.7.3: the segments of an OCTET STRING are OCTET STRINGs, which may be segmented in turn. */
  private segments(limit: number, depth: number): Uint8Array {
    return this.inside(limit, depth, (end) => this.segment(end, depth + 1));
  }

  private segment(limit: number, depth: number): Uint8Array {
    const { scanner, position: start } = this;
    scanner.header(start, limit);
    if (scanner.identifier === SEGMENTED) return this.segments(limit, depth);
    if (scanner.identifier !== TAG.OCTET_STRING) throw new FormatError('ber.segment_invalid', start);
    this.position = scanner.contentEnd;
    return scanner.bytes.subarray(scanner.contentStart, scanner.contentEnd);
  }

  /** Joins what `read` gives, up to the end of the content or the end-of-contents octets. */
  private inside(limit: number, depth: number, read: (end: number) => Uint8Array): Uint8Array {
    const { contentStart, contentEnd, maxDepth } = this.scanner;
    if (depth >= maxDepth) throw new FormatError('der.too_deep', contentStart);
    const isIndefinite = contentEnd === INDEFINITE;
    const end = isIndefinite ? limit : contentEnd;
    const parts: Uint8Array[] = [];
    this.position = contentStart;
    while (isIndefinite ? !this.isEndOfContents(end) : this.position < end) parts.push(read(end));
    if (isIndefinite) this.position += 2;
    return join(parts);
  }

  private isEndOfContents(limit: number): boolean {
    if (this.position >= limit) throw new FormatError('ber.end_of_contents_missing', this.position);
    const { bytes } = this.scanner;
    return this.position + 2 <= limit && bytes[this.position] === 0 && bytes[this.position + 1] === 0;
  }
}
