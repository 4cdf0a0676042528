import assert from 'node:assert/strict';
import { chmodSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createLab } from '@assay/mitm';
import { addLabKeys, readLabFolder, writeLabFolder } from '../../src/mitm/lab-folder.ts';
import { createFolder } from '../support/assay.ts';

const newLab = () => createLab({ clock: Date.now, hosts: ['api.assay.test'] });

describe('the folder of a lab', () => {
  it('brings back the same authority and keys, for this user alone', async () => {
    const folder = join(createFolder(), 'lab');
    const lab = newLab();
    writeLabFolder(folder, lab.export());
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
    const again = createLab({ clock: Date.now, hosts: ['api.assay.test'], keys: readLabFolder(folder) });
    assert.equal(again.authority.pem, lab.authority.pem);
    const both = ['pinned', 'backup'] as const;
    assert.deepEqual(await again.pins(both), await lab.pins(both));
  });

  it('takes keys that were made later, and overwrites none', async () => {
    const folder = join(createFolder(), 'lab');
    const lab = newLab();
    writeLabFolder(folder, lab.export());
    const [pin] = await lab.pins(['pinned-p384']);
    addLabKeys(folder, lab.export());
    addLabKeys(folder, newLab().export());
    const again = createLab({ clock: Date.now, hosts: ['api.assay.test'], keys: readLabFolder(folder) });
    assert.deepEqual(await again.pins(['pinned-p384']), [pin]);
    assert.throws(() => writeLabFolder(folder, newLab().export()), { code: 'cli.file_exists' });
  });

  it('is refused where others may read it', () => {
    const folder = join(createFolder(), 'lab');
    writeLabFolder(folder, newLab().export());
    chmodSync(folder, 0o750);
    assert.throws(() => readLabFolder(folder), { code: 'cli.folder_open' });
    chmodSync(folder, 0o700);
    chmodSync(join(folder, 'authority.key'), 0o640);
    assert.throws(() => readLabFolder(folder), { code: 'cli.folder_open' });
    chmodSync(join(folder, 'authority.key'), 0o600);
    assert.doesNotThrow(() => readLabFolder(folder));
  });

  it('is refused as a link, as a file, and where it is not', () => {
    const outer = createFolder();
    const folder = join(outer, 'lab');
    writeLabFolder(folder, newLab().export());
    symlinkSync(folder, join(outer, 'link'));
    assert.throws(() => readLabFolder(join(outer, 'link')), { code: 'cli.folder_open' });
    assert.throws(() => readLabFolder(join(outer, 'nothing')), { code: 'cli.file_unreadable' });
    writeFileSync(join(outer, 'file'), '');
    assert.throws(() => writeLabFolder(join(outer, 'file', 'lab'), newLab().export()), { code: 'cli.file_unwritable' });
  });
});
