import { wireFault } from './fault.ts';

/** Reads the presentation language of TLS (RFC 8446 3). Throws `mitm.wire_malformed` instead of reading past the end. */
export class Reader {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  take(length: number): Uint8Array {
    if (length > this.left) throw wireFault('mitm.wire_malformed');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** An unsigned number of 1, 2 or 3 octets. */
  number(octets: 1 | 2 | 3): number {
    let value = 0;
    for (const octet of this.take(octets)) value = value * 256 + octet;
    return value;
  }

  /** A vector whose length has so many octets. */
  vector(octets: 1 | 2 | 3): Uint8Array {
    return this.take(this.number(octets));
  }

  /** Throws where octets are left over. */
  end(): void {
    if (this.left > 0) throw wireFault('mitm.wire_malformed');
  }
}
