import { ArtifactError } from '../artifact-error.ts';
import type { ByteView } from '../byte-view.ts';

/** Types of chunks (AOSP `libs/androidfw/include/androidfw/ResourceTypes.h`, Android 16). */
export const CHUNK = {
  STRING_POOL: 0x0001,
  TABLE: 0x0002,
  XML: 0x0003,
  XML_START_NAMESPACE: 0x0100,
  XML_END_NAMESPACE: 0x0101,
  XML_START_ELEMENT: 0x0102,
  XML_END_ELEMENT: 0x0103,
  XML_CDATA: 0x0104,
  XML_LAST_NODE: 0x017f,
  XML_RESOURCE_MAP: 0x0180,
  TABLE_PACKAGE: 0x0200,
  TABLE_TYPE: 0x0201,
} as const;

const CHUNK_HEADER_SIZE = 8;

/** A part of a file whose header fits into it and which fits into its surroundings. */
export interface Chunk {
  readonly type: number;
  readonly at: number;
  /** Offset behind the header. */
  readonly body: number;
  readonly end: number;
}

/**
 * The chunk at `at`, which must end before `end` and whose header has `minHeader` bytes at least. The conditions are
 * those of Android's `validate_chunk`, so a chunk is never empty and walking from one to the next comes to an end.
 * Throws `resource_chunk.header_invalid`, `artifact.truncated`.
 */
export function readChunk(view: ByteView, at: number, end: number, minHeader: number = CHUNK_HEADER_SIZE): Chunk {
  if (at + minHeader > end) throw new ArtifactError('artifact.truncated', at);
  const headerSize = view.u16(at + 2);
  const size = view.u32(at + 4);
  const isSound = headerSize >= minHeader && headerSize <= size && ((headerSize | size) & 3) === 0 && at + size <= end;
  if (!isSound) throw new ArtifactError('resource_chunk.header_invalid', at);
  return { type: view.u16(at), at, body: at + headerSize, end: at + size };
}

/** The chunks that fill a chunk behind its header. */
export function* chunksIn(view: ByteView, outer: Chunk): Generator<Chunk> {
  for (let at = outer.body; at < outer.end; ) {
    const chunk = readChunk(view, at, outer.end);
    yield chunk;
    at = chunk.end;
  }
}
