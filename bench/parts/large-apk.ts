import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

const CACHE = join(import.meta.dirname, '../../node_modules/.cache');
const TARGET = 100 * 2 ** 20;
const OTHER = 4 * 2 ** 20;

interface Member {
  readonly name: string;
  readonly packed: Uint8Array;
  readonly size: number;
  readonly crc: number;
}

/**
 * An APK of 100 MB: the manifest, resources and bytecode of a genuine app (`node tools/artefacts/fetch.mjs`), the bytecode again
 * and again under further names until it fills half of the file, then native libraries and assets of random bytes. Made once,
 * and kept in the cache; undefined without the genuine one.
 */
export function largeApk(): string | undefined {
  const genuine = join(CACHE, 'assay-artefacts/uiautomator2-server');
  if (!existsSync(genuine)) return undefined;
  const path = join(CACHE, 'assay-bench-100mb.apk');
  if (existsSync(path)) return path;
  const names = readdirSync(genuine).filter((name) => /\.(?:xml|arsc|dex)$/.test(name));
  const members = names.map((name) => pack(name, readFileSync(join(genuine, name))));
  write(`${path}.draft`, members);
  renameSync(`${path}.draft`, path);
  return path;
}

function pack(name: string, bytes: Uint8Array): Member {
  return { name, packed: deflateRawSync(bytes), size: bytes.length, crc: crc32(bytes) };
}

/** Members as they are, then bytecode and the rest until the file is large enough. */
function write(path: string, members: readonly Member[]): void {
  const dex = members.filter(({ name }) => name.endsWith('.dex'));
  const file = openSync(path, 'w');
  const directory: Buffer[] = [];
  let at = 0;
  const add = (member: Member) => {
    const header = headerOf(member);
    directory.push(Buffer.concat([entryOf(header, at), Buffer.from(member.name)]));
    for (const part of [header, Buffer.from(member.name), member.packed]) at += writeSync(file, part);
  };
  members.forEach(add);
  for (let index = dex.length + 1; at < TARGET / 2; index += 1) {
    const source = dex[index % dex.length];
    if (source !== undefined) add({ ...source, name: `classes${index}.dex` });
  }
  for (let index = 0; at < TARGET; index += 1) {
    add(pack(index % 2 === 0 ? `lib/arm64-v8a/lib${index}.so` : `assets/${index}.bin`, randomBytes(OTHER)));
  }
  const start = at;
  for (const entry of directory) at += writeSync(file, entry);
  writeSync(file, endOf(directory.length, start, at - start));
  closeSync(file);
}

/** Local header (APPNOTE 4.3.7), deflated. */
function headerOf({ name, packed, size, crc }: Member): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packed.length, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(name.length, 26);
  return header;
}

/** Entry of the directory (4.3.12): the local header's fields again, and where it stands. */
function entryOf(header: Buffer, at: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50);
  header.copy(entry, 6, 4);
  entry.writeUInt32LE(at, 42);
  return entry;
}

/** End of the directory (4.3.16). */
function endOf(count: number, start: number, size: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(start, 16);
  return end;
}
