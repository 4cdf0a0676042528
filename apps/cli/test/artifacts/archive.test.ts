import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import { AssayError } from '@assay/core';
import { type Archive, openArchive } from '../../src/artifacts/archive.ts';
import { createFolder } from '../support/assay.ts';
import { type ZipMember, zipOf } from '../support/zip.ts';

const folder = createFolder();
let count = 0;

function fileOf(bytes: Uint8Array): string {
  count += 1;
  const path = join(folder, `${count}.apk`);
  writeFileSync(path, bytes);
  return path;
}

async function withArchive<T>(bytes: Uint8Array, work: (archive: Archive) => Promise<T>): Promise<T> {
  const archive = await openArchive(fileOf(bytes));
  try {
    return await work(archive);
  } finally {
    archive.close();
  }
}

const refused = (run: Promise<unknown>, code = 'cli.archive_refused') =>
  assert.rejects(run, (error) => error instanceof AssayError && error.code === code);

/** The same numbers in every run (Numerical Recipes' linear congruence). */
function createRandom(): (below: number) => number {
  let state = 20261121;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('openArchive', () => {
  it('reads stored and deflated members, each by itself', async () => {
    const zip = zipOf([
      { name: 'a/b.txt', content: 'deflated' },
      { name: 'c', content: 'stored', stored: true },
      { name: 'folder/', content: '', stored: true },
      { name: 'empty', content: '' },
    ]);
    await withArchive(zip, async (archive) => {
      assert.deepEqual(archive.names(), ['a/b.txt', 'c', 'empty']);
      assert.deepEqual([archive.size('c'), archive.size('none')], [6, 0]);
      assert.equal(textOf(await archive.read('a/b.txt', 100)), 'deflated');
      assert.equal(textOf(await archive.read('c', 100)), 'stored');
      assert.equal((await archive.read('empty', 100)).length, 0);
    });
  });

  it('reads what stands in front of the directory', async () => {
    const zip = zipOf([{ name: 'a', content: 'x' }], Buffer.from('signatures'));
    await withArchive(zip, async (archive) => {
      assert.equal(textOf(await archive.readBeforeDirectory(4)), 'ures');
      assert.ok((await archive.readBeforeDirectory(1 << 20)).length < 100);
    });
  });

  const PASSED_OVER: readonly (readonly [string, Omit<ZipMember, 'name'> & { readonly name?: string }])[] = [
    ['a name that leads out', { name: '../evil', content: 'x' }],
    ['an absolute name', { name: '/etc/passwd', content: 'x' }],
    ['a name with a backslash', { name: 'a\\..\\b', content: 'x' }],
    ['a name with a zero', { name: 'a\0.xml', content: 'x' }],
    ['a very long name', { name: 'n'.repeat(2000), content: 'x' }],
    ['a second member of the same name', { name: 'good', content: 'other' }],
    ['an encrypted member', { content: 'x', flags: 0x801 }],
    ['an unknown method', { content: 'x', method: 12 }],
    ['a stored member of two sizes', { content: 'x', stored: true, size: 9 }],
    ['a member that is packed in more than it unpacks to', { content: 'x', packed: 1 << 30 }],
    ['a bomb', { content: new Uint8Array(1 << 23) }],
  ];
  for (const [what, member] of PASSED_OVER) {
    it(`passes ${what} over, and goes on`, async () => {
      const zip = zipOf([
        { name: 'good', content: 'sound' },
        { name: 'bad', ...member },
      ]);
      await withArchive(zip, async (archive) => {
        assert.deepEqual(archive.names(), ['good']);
        assert.equal(archive.refused.length, 1);
        assert.equal(textOf(await archive.read('good', 100)), 'sound');
      });
    });
  }

  it('calls members as the platforms do, whatever else calls them otherwise', async () => {
    const head = Buffer.alloc(9);
    head.writeUInt16LE(0x7075); // Info-ZIP's Unicode path, which no platform reads
    head.writeUInt16LE(5 + 'layout.xml'.length, 2);
    head[4] = 1;
    head.writeUInt32LE(crc32('classes.dex'), 5);
    const hidden = { name: 'classes.dex', content: 'x', extra: Buffer.concat([head, Buffer.from('layout.xml')]) };
    const zip = zipOf([hidden, { name: 'Nutzungsgebühr', content: 'x', flags: 0 }]);
    await withArchive(zip, async (archive) => {
      assert.deepEqual(archive.names(), ['classes.dex', 'Nutzungsgebühr']);
    });
  });

  const LIES: readonly (readonly [string, Partial<ZipMember>])[] = [
    ['a smaller size', { size: 3 }],
    ['a larger size', { size: 300 }],
    ['another checksum', { crc: 1 }],
  ];
  for (const [what, lie] of LIES) {
    it(`refuses a member with ${what} than was announced when it is read`, async () => {
      const zip = zipOf([{ name: 'a', content: 'content of some length', ...lie }]);
      await withArchive(zip, (archive) => refused(archive.read('a', 1000)));
    });
  }

  it('reads no more than it is asked to', async () => {
    await withArchive(zipOf([{ name: 'a', content: 'content' }]), async (archive) => {
      await refused(archive.read('a', 6));
      assert.equal((await archive.read('a', 7)).length, 7);
    });
  });

  it('refuses a member that is not there, and a file that is no zip', async () => {
    await withArchive(zipOf([]), (archive) => refused(archive.read('a', 6)));
    await refused(openArchive(fileOf(Buffer.from('no zip'))));
    await refused(openArchive(fileOf(Buffer.alloc(0))));
    await refused(openArchive(join(folder, 'absent.apk')), 'cli.file_unreadable');
  });

  it('reads or refuses an archive with any bytes altered, and nothing else', async () => {
    const valid = zipOf([
      { name: 'AndroidManifest.xml', content: 'manifest '.repeat(30) },
      { name: 'b', content: 'stored', stored: true },
    ]);
    const randomInt = createRandom();
    for (let round = 0; round < 300; round += 1) {
      const bytes = Buffer.from(round % 5 === 0 ? valid.subarray(0, randomInt(valid.length)) : valid);
      for (let edits = round % 4; edits > 0 && bytes.length > 0; edits -= 1)
        bytes[randomInt(bytes.length)] = randomInt(256);
      await readAll(bytes);
    }
  });
});

/** Every member is read, or refused by a registered reason. */
async function readAll(bytes: Uint8Array): Promise<void> {
  try {
    await withArchive(bytes, async (archive) => {
      await archive.readBeforeDirectory(24);
      for (const name of archive.names()) await archive.read(name, 1 << 16).catch(assertRefusal);
    });
  } catch (error) {
    assertRefusal(error);
  }
}

function assertRefusal(error: unknown): void {
  if (!(error instanceof AssayError) || error.code !== 'cli.archive_refused') throw error;
}
