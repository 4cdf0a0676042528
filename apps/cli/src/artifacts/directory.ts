import { type Entry, validateFileName, type ZipFile } from 'yauzl';
import { fault } from '../reasons.ts';

export interface Member {
  readonly entry: Entry;
}

export interface Directory {
  readonly members: ReadonlyMap<string, Member>;
  readonly refused: readonly { readonly name: string; readonly why: string }[];
}

const MAX_ENTRIES = 200_000;
const MAX_NAME = 1024;
const MAX_NAMES = 1 << 24;
const MAX_REFUSED = 1000;

/** Deflate reaches 1030; text and tables of an app reach 30. Small members may be anything. */
const MAX_RATIO = 250;
const SMALL = 1 << 22;

/** What cannot be packed grows by five bytes a block; a packed size far beyond is there to be allocated. */
const MAX_GROWTH = 1.01;
const MAX_HEADERS = 1 << 12;

const STORED = 0;
const DEFLATED = 8;

/** Why an entry is not offered; the first row that fits. */
const REFUSALS: readonly (readonly [string, (name: string, entry: Entry) => boolean])[] = [
  ['its name is longer than 1024 bytes', (name) => name.length > MAX_NAME],
  ['its name leads out of the archive', (name) => validateFileName(name) !== null || name.includes('\0')],
  ['it is encrypted', (_, entry) => entry.isEncrypted()],
  [
    'its compression method is neither stored nor deflated',
    (_, { compressionMethod: method }) => method !== STORED && method !== DEFLATED,
  ],
  [
    'it is stored, and its two sizes differ',
    (_, { compressionMethod, compressedSize, uncompressedSize }) =>
      compressionMethod === STORED && compressedSize !== uncompressedSize,
  ],
  [
    'it is packed in more bytes than it unpacks to',
    (_, { compressedSize, uncompressedSize }) => compressedSize > uncompressedSize * MAX_GROWTH + MAX_HEADERS,
  ],
  [
    `it unpacks to more than ${MAX_RATIO} times its size`,
    (_, { compressedSize, uncompressedSize }) =>
      uncompressedSize > SMALL && uncompressedSize > compressedSize * MAX_RATIO,
  ],
];

/**
 * The entries of a zip that can be read, each name once: where a name stands twice the first one counts, and the other is told.
 * Names are the directory's bytes as UTF-8, as Android and iOS take them: a flag or an extra field that calls a member
 * otherwise would hide it from this look alone.
 *
 * @throws RequestError `cli.archive_refused` for more entries or names than any app has
 */
export async function readDirectory(zip: ZipFile): Promise<Directory> {
  if (zip.entryCount > MAX_ENTRIES) throw tooMany(`${zip.entryCount} entries`);
  const members = new Map<string, Member>();
  const refused: { name: string; why: string }[] = [];
  let named = 0;
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileNameRaw.toString('utf8');
    named += name.length;
    if (named > MAX_NAMES) throw tooMany(`more than ${MAX_NAMES} characters of names`);
    if (name.endsWith('/')) continue;
    const why = members.has(name) ? 'its name stands twice' : REFUSALS.find(([, fits]) => fits(name, entry))?.[0];
    if (why === undefined) members.set(name, { entry });
    else if (refused.length < MAX_REFUSED) refused.push({ name: name.slice(0, MAX_NAME), why });
  }
  return { members, refused };
}

const tooMany = (found: string): Error =>
  fault('cli.archive_refused', { message: 'the archive has more in it than any app', found });
