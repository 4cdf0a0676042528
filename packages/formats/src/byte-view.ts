import { ArtifactError } from './artifact-error.ts';

/** Numbers at given places. Every read is checked: `artifact.truncated` instead of a read outside the input. */
export class ByteView {
  readonly bytes: Uint8Array;
  private readonly data: DataView;
  private readonly littleEndian: boolean;

  constructor(bytes: Uint8Array, order: 'little' | 'big' = 'little') {
    this.bytes = bytes;
    this.data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.littleEndian = order === 'little';
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    this.assertInside(at, 1);
    return this.data.getUint8(at);
  }

  u16(at: number): number {
    this.assertInside(at, 2);
    return this.data.getUint16(at, this.littleEndian);
  }

  u32(at: number): number {
    this.assertInside(at, 4);
    return this.data.getUint32(at, this.littleEndian);
  }

  /** A number over 2^53 comes out rounded: it lies outside every input and fails the next bounds check all the same. */
  u64(at: number): number {
    this.assertInside(at, 8);
    return Number(this.data.getBigUint64(at, this.littleEndian));
  }

  f32(at: number): number {
    this.assertInside(at, 4);
    return this.data.getFloat32(at, this.littleEndian);
  }

  /** The bytes of `length` from `at`; a view, not a copy. */
  part(at: number, length: number): Uint8Array {
    this.assertInside(at, length);
    return this.bytes.subarray(at, at + length);
  }

  private assertInside(at: number, size: number): void {
    if (at < 0 || at + size > this.bytes.length) throw new ArtifactError('artifact.truncated', at);
  }
}
