import { readCode } from '../code/read.ts';
import type { Document } from '../project.ts';
import type { SourceFile } from './source-file.ts';

/** Source code, when it says anything about TLS or pins. */
export function readCodeFile({ file, text, variant }: SourceFile): readonly Document[] {
  if (text === undefined) return [];
  const found = readCode(file, text, variant);
  return found === undefined ? [] : [{ ...found, variant, origin: 'source', text }];
}
