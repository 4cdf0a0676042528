import type { Document } from '../project.ts';

/** A file as a kind's reader gets it. */
export interface SourceFile {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** The bytes as UTF-8; undefined for a file that is no text. */
  readonly text: string | undefined;
  readonly variant: Document['variant'];
}

/** A reader says nothing about a file that is of its form but not about pinning. @throws UnreadableFile */
export type Reader = (source: SourceFile) => readonly Document[];
