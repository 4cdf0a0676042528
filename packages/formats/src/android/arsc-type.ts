import { ArtifactError } from '../artifact-error.ts';
import type { ByteView } from '../byte-view.ts';
import { binaryConfig } from './binary-config.ts';
import type { Chunk } from './chunk.ts';

/** `ResTable_type` before its configuration. */
const FIXED_SIZE = 20;
const SPARSE = 0x01;
const OFFSET16 = 0x02;
/** An id has 16 bits for the entry. */
const MAX_ENTRIES = 0x10000;
const NO_ENTRY_16 = 0xffff;
const NO_ENTRY_32 = 0xffffffff;

const COMPLEX = 0x0001;
const COMPACT = 0x0008;

/** An entry: its name as an index of the package's names, its value undefined where it is a map. */
export interface ArscEntry {
  readonly key: number;
  readonly value?: { readonly dataType: number; readonly data: number };
}

/** The entries of one type in one configuration. Throws `resource_table.entry_invalid`, `artifact.truncated`. */
export class ArscType {
  readonly typeId: number;
  readonly config: string;
  private readonly view: ByteView;
  private readonly chunk: Chunk;
  private readonly flags: number;
  private readonly count: number;
  private readonly entries: number;

  constructor(view: ByteView, chunk: Chunk) {
    this.view = view;
    this.chunk = chunk;
    this.typeId = view.u8(chunk.at + 8);
    this.flags = view.u8(chunk.at + 9);
    this.count = view.u32(chunk.at + 12);
    this.entries = chunk.at + view.u32(chunk.at + 16);
    const tableEnd = chunk.body + this.count * (this.flags & OFFSET16 && !this.isSparse ? 2 : 4);
    const isSound = chunk.body >= chunk.at + FIXED_SIZE + 4 && this.count <= MAX_ENTRIES && tableEnd <= chunk.end;
    if (!isSound) throw entryInvalid(chunk.at);
    this.config = binaryConfig(this.configBytes());
  }

  /** Indexes of the entries that are here. */
  *indexes(): Generator<number> {
    for (let slot = 0; slot < this.count; slot += 1) {
      if (this.offsetAt(slot) !== undefined) yield this.isSparse ? this.sparseIndex(slot) : slot;
    }
  }

  entry(index: number): ArscEntry | undefined {
    const slot = this.isSparse ? this.findSparse(index) : index;
    const offset = slot === undefined || slot >= this.count ? undefined : this.offsetAt(slot);
    return offset === undefined ? undefined : this.readEntry(this.entries + offset);
  }

  private get isSparse(): boolean {
    return (this.flags & SPARSE) !== 0;
  }

  private configBytes(): Uint8Array {
    const at = this.chunk.at + FIXED_SIZE;
    return this.view.part(at, Math.min(this.view.u32(at), this.chunk.body - at));
  }

  private offsetAt(slot: number): number | undefined {
    if (this.isSparse) return this.view.u16(this.chunk.body + slot * 4 + 2) * 4;
    if (this.flags & OFFSET16) {
      const offset = this.view.u16(this.chunk.body + slot * 2);
      return offset === NO_ENTRY_16 ? undefined : offset * 4;
    }
    const offset = this.view.u32(this.chunk.body + slot * 4);
    return offset === NO_ENTRY_32 ? undefined : offset;
  }

  private sparseIndex(slot: number): number {
    return this.view.u16(this.chunk.body + slot * 4);
  }

  /** The slots of a sparse type are in the order of their indexes; Android searches them so, and finds no other. */
  private findSparse(index: number): number | undefined {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sparseIndex(middle) < index) low = middle + 1;
      else high = middle;
    }
    return low < this.count && this.sparseIndex(low) === index ? low : undefined;
  }

  private readEntry(at: number): ArscEntry {
    this.assertRoom(at, 8);
    const flags = this.view.u16(at + 2);
    if (flags & COMPACT) {
      return { key: this.view.u16(at), value: { dataType: flags >> 8, data: this.view.u32(at + 4) } };
    }
    const key = this.view.u32(at + 4);
    if (flags & COMPLEX) return { key };
    const valueAt = at + this.view.u16(at);
    this.assertRoom(valueAt, 8);
    return { key, value: { dataType: this.view.u8(valueAt + 3), data: this.view.u32(valueAt + 4) } };
  }

  private assertRoom(at: number, size: number): void {
    if (at + size > this.chunk.end) throw entryInvalid(this.chunk.at);
  }
}

function entryInvalid(offset: number): ArtifactError {
  return new ArtifactError('resource_table.entry_invalid', offset);
}
