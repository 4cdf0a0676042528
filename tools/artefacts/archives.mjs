// Just enough of tar and zip to take members out of archives whose hash is pinned. Not for archives of strangers.
import { gunzipSync, inflateRawSync } from 'node:zlib';

const BLOCK = 512;
const END_OF_DIRECTORY = 0x06054b50;
const STORED = 0;

/** One member of a gzipped tar. */
export function tarMember(archive, name) {
  const tar = gunzipSync(archive);
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const size = Number.parseInt(text(tar, at + 124, 12), 8) || 0;
    const prefix = text(tar, at + 345, 155);
    const path = `${prefix === '' ? '' : `${prefix}/`}${text(tar, at, 100)}`;
    if (path === name) return tar.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new Error(`the archive has no ${name}`);
}

/** The members of a zip whose names match, as pairs of name and content. */
export function* zipMembers(zip, wanted) {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || zip.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error('the app is no zip');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    if (wanted.test(name)) yield [name, content(zip, at)];
    at += 46 + nameLength + extraLength + commentLength;
  }
}

/** The content of the member with this entry in the directory. */
function content(zip, entry) {
  const header = zip.readUInt32LE(entry + 42);
  const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  const bytes = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
  return zip.readUInt16LE(entry + 10) === STORED ? bytes : inflateRawSync(bytes);
}

/** Up to a zero. */
function text(bytes, at, length) {
  const [before = ''] = bytes.toString('latin1', at, at + length).split('\0');
  return before;
}
