import { concat } from '@assay/formats';
import { malformed } from '../faults.ts';

/** A cursor over the presentation language of TLS (RFC 5246 4): numbers and vectors with their length in front. */
export class VectorReader {
  private readonly bytes: Uint8Array;
  private readonly code: 'ct.list_malformed' | 'ct.sct_malformed';
  private position = 0;

  /** `code` is what every fault of this reader is called. */
  constructor(bytes: Uint8Array, code: 'ct.list_malformed' | 'ct.sct_malformed') {
    this.bytes = bytes;
    this.code = code;
  }

  get isEmpty(): boolean {
    return this.position >= this.bytes.length;
  }

  /** `length` octets, as a view. */
  take(length: number): Uint8Array {
    const end = this.position + length;
    if (end > this.bytes.length) throw malformed(this.code, { found: 'the end too early', offset: this.position });
    const taken = this.bytes.subarray(this.position, end);
    this.position = end;
    return taken;
  }

  /** A big-endian number. Beyond 2^53 it would lose bits that a signature covers, and is refused. */
  number(octets: number): number {
    const value = this.take(octets).reduce((sum, octet) => sum * 256 + octet, 0);
    if (!Number.isSafeInteger(value))
      throw malformed(this.code, { found: 'a number over 2^53', offset: this.position });
    return value;
  }

  /** `opaque <min..2^16-1>`. */
  vector(min: 0 | 1): Uint8Array {
    const length = this.number(2);
    if (length < min) throw malformed(this.code, { found: 'an empty vector', offset: this.position });
    return this.take(length);
  }

  end(): void {
    if (!this.isEmpty) throw malformed(this.code, { found: 'bytes behind the end', offset: this.position });
  }
}

/** A number as `octets` octets, big-endian. */
export function numberOctets(value: number, octets: number): Uint8Array {
  const bytes = new Uint8Array(octets);
  for (let at = octets - 1, rest = value; at >= 0; at--, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  return bytes;
}

/** A vector with its length in front, in as many octets. */
export function vectorOctets(content: Uint8Array, lengthOctets: 2 | 3): Uint8Array {
  return concat(numberOctets(content.length, lengthOctets), content);
}
