import { ArtifactError } from '../artifact-error.ts';
import type { ByteView } from '../byte-view.ts';

/** A table of fixed-size items: bounds are checked once, here. */
export interface DexTable {
  readonly at: number;
  readonly count: number;
}

export interface DexHeader {
  readonly strings: DexTable;
  readonly types: DexTable;
  readonly protos: DexTable;
  readonly methods: DexTable;
  readonly classes: DexTable;
}

const HEADER_SIZE = 0x70;
const ENDIAN_TAG = 0x12345678;

/** `dex\n`, then the version and a zero. Version 041 is a container of several files and is in no app yet. */
const MAGIC = 0x0a786564;
const VERSIONS: ReadonlySet<string> = new Set(['035', '036', '037', '038', '039', '040']);

/**
 * The tables of a dex file (Dalvik executable format, `header_item`). Checksum and signature are not compared: they
 * protect from accidents alone. Throws `dex.header_invalid`, `artifact.truncated`.
 */
export function readDexHeader(view: ByteView): DexHeader {
  const version = String.fromCharCode(...view.part(4, 3));
  const isKnown = view.u32(0) === MAGIC && VERSIONS.has(version) && view.u8(7) === 0;
  const isSound = isKnown && view.u32(0x28) === ENDIAN_TAG && view.u32(0x24) >= HEADER_SIZE;
  if (!isSound) throw new ArtifactError('dex.header_invalid', 0, { found: `version ${JSON.stringify(version)}` });
  return {
    strings: readTable(view, 0x38, 4),
    types: readTable(view, 0x40, 4),
    protos: readTable(view, 0x48, 12),
    methods: readTable(view, 0x58, 8),
    classes: readTable(view, 0x60, 32),
  };
}

function readTable(view: ByteView, at: number, itemSize: number): DexTable {
  const [count, start] = [view.u32(at), view.u32(at + 4)];
  if (count > 0 && start + count * itemSize > view.length) throw new ArtifactError('artifact.truncated', at);
  return { at: start, count };
}

/** Offset of an item. Throws `dex.index_invalid`. */
export function itemAt(table: DexTable, index: number, itemSize: number): number {
  if (index >= table.count) throw new ArtifactError('dex.index_invalid', table.at);
  return table.at + index * itemSize;
}
