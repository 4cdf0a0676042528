import { crc32, deflateRawSync } from 'node:zlib';

/** A member; what differs from an honest one is named. */
export interface ZipMember {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly stored?: boolean;
  /** As the directory says, whatever is there. */
  readonly method?: number;
  readonly flags?: number;
  readonly size?: number;
  readonly crc?: number;
  /** Size of the packed content, as the directory says. */
  readonly packed?: number;
  /** Extra field of the directory's entry. */
  readonly extra?: Uint8Array;
}

/** A zip, with `before` in front of its directory. */
export function zipOf(members: readonly ZipMember[], before: Uint8Array = new Uint8Array()): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const member of members) {
    const { header, data } = localPart(member);
    directory.push(entryOf(header, member, at));
    parts.push(header, Buffer.from(member.name), data);
    at += header.length + Buffer.byteLength(member.name) + data.length;
  }
  const entries = Buffer.concat(directory);
  return Buffer.concat([...parts, before, entries, endOf(members.length, entries.length, at + before.length)]);
}

function localPart({ name, content, stored = false, method, flags = 0x800, size, crc }: ZipMember) {
  const bytes = Buffer.from(content);
  const data = stored ? bytes : deflateRawSync(bytes);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(method ?? (stored ? 0 : 8), 8);
  header.writeUInt32LE(crc ?? crc32(bytes), 14);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt32LE(size ?? bytes.length, 22);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return { header, data };
}

function entryOf(header: Buffer, { name, packed, extra = new Uint8Array() }: ZipMember, at: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50);
  header.copy(entry, 6, 4);
  if (packed !== undefined) entry.writeUInt32LE(packed, 20);
  entry.writeUInt16LE(extra.length, 30);
  entry.writeUInt32LE(at, 42);
  return Buffer.concat([entry, Buffer.from(name), extra]);
}

function endOf(count: number, size: number, at: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return end;
}
