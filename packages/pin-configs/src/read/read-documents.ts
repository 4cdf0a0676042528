import { CODE_ENDINGS } from '../code/languages.ts';
import type { Document, UnreadableDocument } from '../project.ts';
import { DEPENDENCY_FILES, readDependencies } from '../stack/dependencies.ts';
import { UnreadableFile } from '../unreadable.ts';
import { readAndroidXml } from './android-xml.ts';
import { readCodeFile } from './code-file.ts';
import { readJsonFile } from './json-file.ts';
import { readPlistFile } from './plist-file.ts';
import { readPolicyFile } from './policy-file.ts';
import type { Reader, SourceFile } from './source-file.ts';
import { decodeText } from './text.ts';
import { variantOf } from './variant.ts';

interface Kind {
  readonly name: RegExp;
  readonly read: Reader;
}

const endings = (all: readonly string[]): RegExp => new RegExp(`\\.(?:${all.join('|')})$`, 'i');

/** Which reader reads a file, by its name; the first row that fits. What the file is, its content decides. */
const KINDS: readonly Kind[] = [
  { name: /(?:^|[\\/])assay\.pins\.(?:ya?ml|json)$/, read: readPolicyFile },
  { name: DEPENDENCY_FILES, read: ({ file, text = '', variant }) => readDependencies(file, text, variant) },
  { name: /\.xml$/i, read: readAndroidXml },
  { name: /\.plist$/i, read: readPlistFile },
  { name: /\.json5?$/i, read: readJsonFile },
  { name: endings(CODE_ENDINGS), read: readCodeFile },
];

/** True for a file that a walk through a folder should hand over. */
export const isOfInterest = (file: string): boolean => KINDS.some(({ name }) => name.test(file));

/** Largest file that is read. */
const MAX_BYTES = 4 << 20;

/**
 * The documents in one file: none when it has nothing to do with pinning. A file that its platform could not read either
 * becomes an `unreadable` document with the place of the fault, so that a run goes on. `judged` is the part of the path that may
 * tell the build that the file belongs to; the whole of it where it is not said.
 */
export function readDocuments(file: string, bytes: Uint8Array, judged: string = file): readonly Document[] {
  const kind = KINDS.find(({ name }) => name.test(file));
  if (kind === undefined || bytes.length > MAX_BYTES) return [];
  const source = { file, bytes, text: decodeText(bytes), variant: variantOf(file, judged) };
  try {
    return kind.read(source);
  } catch (error) {
    if (error instanceof UnreadableFile) return [unreadable(source, error)];
    throw error;
  }
}

function unreadable(
  { file, variant, text }: SourceFile,
  { reason: message, place }: UnreadableFile,
): UnreadableDocument {
  const base = { file, variant, origin: 'source', pinned: [], kind: 'unreadable' } as const;
  return {
    ...base,
    ...(text === undefined ? {} : { text }),
    message,
    place,
    crashes: false,
  };
}
