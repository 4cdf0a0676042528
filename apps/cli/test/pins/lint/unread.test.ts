import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createFolder, inProcess } from '../../support/assay.ts';

const PIN = 'IH0oxHI46J7uM9kkm9vr64Ddm2qrmu0F3/JP54PLwMA=';
const ONE_PIN = `<network-security-config><domain-config><domain>api.example.com</domain>
<pin-set expiration="2027-06-01"><pin digest="SHA-256">${PIN}</pin></pin-set></domain-config></network-security-config>`;
const CLEAN = '<network-security-config/>\n';
const NOBODY = 65_534;

/** A user that may do everything cannot be refused a file: such a one becomes another for the time of the work. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return await work();
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

function guarded(open: string): string {
  const folder = createFolder({ 'a/locked.xml': CLEAN, 'locked/b.xml': CLEAN, 'z/open.xml': open });
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'a/locked.xml'), 0);
  chmodSync(join(folder, 'locked'), 0);
  return folder;
}

const TELLS = [/a\/locked\.xml: not read: EACCES/, /locked: not read: EACCES/];

describe('what may not be read in a folder that is walked', { skip: process.platform === 'win32' }, () => {
  for (const [open, exit] of [
    [CLEAN, 3],
    [ONE_PIN, 1],
  ] as const) {
    it(`is told by lint, which looks at the rest and ends with ${exit}`, async () => {
      await inProcess(['pins', 'lint', '--help']); // loaded while its files may be read
      const folder = guarded(open);
      const { code, stdout, stderr } = await asNobody(() => inProcess(['pins', 'lint', folder, '--json']));
      const { unread, findings } = JSON.parse(stdout);
      assert.deepEqual([code, unread.length, findings.length > 0], [exit, 2, exit === 1], stderr);
      for (const tell of TELLS) assert.match(stderr, tell);
    });
  }

  it('is told by check, which goes on', async () => {
    await inProcess(['pins', 'check', '--help']);
    const folder = guarded(ONE_PIN);
    const connect = ['--connect', 'api.example.com=127.0.0.1:1', '--json'];
    const { code, stdout, stderr } = await asNobody(() => inProcess(['pins', 'check', folder, ...connect]));
    const { unread, unreached } = JSON.parse(stdout);
    assert.deepEqual([code, unread.length, unreached.length], [3, 2, 1], stderr);
    for (const tell of TELLS) assert.match(stderr, tell);
  });
});

describe('an app that is no archive', () => {
  it('is told by lint, which looks at the rest', async () => {
    const folder = createFolder({ 'broken.apk': 'half of a download', 'z/open.xml': ONE_PIN });
    const { code, stdout, stderr } = await inProcess(['pins', 'lint', '.', '--now', '2026-11-21'], { cwd: folder });
    assert.equal(code, 1);
    assert.match(stdout, /open\.xml:\d+:\d+ {2}error {2}P001/);
    assert.match(stderr, /^broken\.apk: not read: (?!broken)/m);
  });
});
