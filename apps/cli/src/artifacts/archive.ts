import { closeSync, openSync, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { AssayError } from '@assay/core';
import type { ArtifactEntries } from '@assay/pin-configs';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { codeOf, inWords } from '../errno.ts';
import { fault } from '../reasons.ts';
import { type Directory, type Member, readDirectory } from './directory.ts';

/** An archive that is open: its members are read where they lie, and never the whole file. */
export interface Archive extends ArtifactEntries {
  close(): void;
}

/** Bytes that all reads of one archive may unpack together: overlapping entries let a small file hold a large one often. */
const MAX_UNPACKED = 2 ** 32;

const inflate = promisify(inflateRaw);

/**
 * Opens a zip. Sizes, ratio, names, methods and the checksum are judged entry by entry; what is wrong with one entry is told by
 * `refused`, or when it is read, and the others stay readable.
 *
 * @throws UpstreamError `cli.file_unreadable`; RequestError `cli.archive_refused` when it is no zip
 */
export async function openArchive(path: string): Promise<Archive> {
  const file = openFile(path);
  try {
    const zip = await fromFdPromise(file, { autoClose: false, decodeStrings: false, validateEntrySizes: false });
    // Until the first entry is read this is where the directory begins; yauzl's types take it for a boolean.
    const directoryAt = Number(zip.readEntryCursor);
    return new OpenArchive({ path, file, zip, directoryAt, directory: await readDirectory(zip) });
  } catch (error) {
    closeSync(file);
    if (error instanceof AssayError) throw error;
    if (codeOf(error) !== '') throw unreadable(path, error);
    throw refusal(path, error instanceof Error ? error.message : 'it is no zip', error, NO_APP);
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw unreadable(path, error);
  }
}

const unreadable = (path: string, error: unknown): Error =>
  fault('cli.file_unreadable', { message: `cannot read ${path}`, found: inWords(codeOf(error)) }, error);

/** More often than a damaged app it is another file, or half of a download. */
const NO_APP = 'name an APK, AAB or IPA; if it is one, copy or build it anew';

const refusal = (what: string, found: string, cause?: unknown, hint?: string): Error =>
  fault(
    'cli.archive_refused',
    { message: `${what} is refused`, found, ...(hint === undefined ? {} : { hint }) },
    cause,
  );

interface Opened {
  readonly path: string;
  readonly file: number;
  readonly zip: ZipFile;
  readonly directoryAt: number;
  readonly directory: Directory;
}

class OpenArchive implements Archive {
  readonly #opened: Opened;
  #left = MAX_UNPACKED;

  constructor(opened: Opened) {
    this.#opened = opened;
  }

  get refused(): Directory['refused'] {
    return this.#opened.directory.refused;
  }

  names(): readonly string[] {
    return [...this.#opened.directory.members.keys()];
  }

  size(name: string): number {
    return this.#opened.directory.members.get(name)?.entry.uncompressedSize ?? 0;
  }

  async read(name: string, maxBytes: number): Promise<Uint8Array> {
    const member = this.#opened.directory.members.get(name);
    if (member === undefined) throw refusal(name, 'there is no such member');
    const { entry } = member;
    if (entry.uncompressedSize > maxBytes) {
      throw refusal(name, `it unpacks to ${entry.uncompressedSize} bytes, and at most ${maxBytes} are read`);
    }
    this.#left -= entry.uncompressedSize;
    if (this.#left < 0)
      throw refusal(this.#opened.path, `what was read of it unpacks to more than ${MAX_UNPACKED} bytes`);
    return this.#unpack(name, member);
  }

  readBeforeDirectory(length: number): Promise<Uint8Array> {
    const from = Math.max(0, this.#opened.directoryAt - length);
    return Promise.resolve(this.#readRange(from, this.#opened.directoryAt - from));
  }

  close(): void {
    closeSync(this.#opened.file);
  }

  async #unpack(name: string, { entry }: Member): Promise<Uint8Array> {
    try {
      const packed = await this.#packed(entry);
      const bytes = entry.compressionMethod === 0 ? packed : await inflated(packed, entry.uncompressedSize);
      if (bytes.length !== entry.uncompressedSize) throw new Error('its size is not what the directory says');
      if (crc32(bytes) !== entry.crc32) throw new Error('its checksum is wrong');
      return bytes;
    } catch (error) {
      throw refusal(name, error instanceof Error ? error.message : 'it cannot be unpacked', error);
    }
  }

  async #packed(entry: Entry): Promise<Buffer> {
    const { fileDataStart } = await this.#opened.zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return this.#readRange(fileDataStart, entry.compressedSize);
  }

  #readRange(from: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    let at = 0;
    while (at < length) {
      const count = readSync(this.#opened.file, bytes, at, length - at, from + at);
      if (count === 0) throw new Error('the file ends before its content does');
      at += count;
    }
    return bytes;
  }
}

/** Never more than was announced, and in one piece: pieces of the default size cost as much again to join. */
function inflated(packed: Buffer, size: number): Promise<Buffer> {
  const room = Math.max(size, 64);
  return inflate(packed, { maxOutputLength: room, chunkSize: Math.min(room, MAX_PIECE) });
}

const MAX_PIECE = 1 << 26;
