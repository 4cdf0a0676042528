import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { tarMember, zipMembers } from '../artefacts/archives.mjs';

/** A member of a tar: header and content, each in whole blocks. */
function tarEntry(name: string, content: string, prefix = ''): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write(prefix, 345);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
}

/** A zip of one member. */
function zip(name: string, content: string, isStored: boolean): Buffer {
  const data = isStored ? Buffer.from(content) : deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt16LE(isStored ? 0 : 8, 10);
  entry.writeUInt32LE(data.length, 20);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(local.length + name.length + data.length, 16);
  return Buffer.concat([local, Buffer.from(name), data, entry, Buffer.from(name), end]);
}

describe('tarMember', () => {
  const archive = gzipSync(
    Buffer.concat([
      tarEntry('package/a', 'x'.repeat(600)),
      tarEntry('b', 'wanted', 'package/deep'),
      Buffer.alloc(1024),
    ]),
  );

  it('takes a member by its whole path', () => {
    assert.equal(tarMember(archive, 'package/deep/b').toString(), 'wanted');
    assert.equal(tarMember(archive, 'package/a').length, 600);
  });

  it('says so when there is none', () => {
    assert.throws(() => tarMember(archive, 'package/b'), /has no package\/b/);
  });
});

describe('zipMembers', () => {
  for (const isStored of [false, true]) {
    it(`takes ${isStored ? 'stored' : 'deflated'} members whose names match`, () => {
      const archive = zip('classes.dex', 'dex', isStored);
      const found = Array.from(zipMembers(archive, /\.dex$/), ([name, content]) => [name, content.toString()]);
      assert.deepEqual(found, [['classes.dex', 'dex']]);
      assert.deepEqual([...zipMembers(archive, /\.xml$/)], []);
    });
  }

  it('refuses what is no zip', () => {
    assert.throws(() => [...zipMembers(Buffer.alloc(9), /a/)], /no zip/);
  });
});
