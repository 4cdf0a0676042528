import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assay, createFolder, inProcess } from '../../support/assay.ts';
import { startServer } from '../../support/server.ts';

const REWRAP = ['keys', 'rewrap', '--origin', 'http://127.0.0.1', '--environment', 'main/dev:development'];

describe('assay keys rewrap', { concurrency: true }, () => {
  it('puts everything under a new key, after which the old one may go', async () => {
    const folder = createFolder();
    assert.equal(await (await startServer(folder)).stop(), 0);
    const { code, stdout, stderr } = await assay(folder, [...REWRAP, '--new-key']);
    assert.equal(code, 0, stderr);
    assert.equal(
      stdout,
      [
        'keys                4 rewrapped, 0 as they were, 0 not opened',
        'secrets             0 rewrapped, 0 as they were, 0 not opened',
        'pieces of evidence  0 rewrapped, 0 as they were, 0 not opened',
        'receipts            0 rewrapped, 0 as they were, 0 not opened\n',
      ].join('\n'),
    );
    const kek = join(folder, '.assay/kek');
    const [fresh = '', old = ''] = readFileSync(kek, 'utf8').match(/^v1 .*$/gm) ?? [];
    for (const text of [stdout, stderr]) assert.ok(!text.includes(fresh.split(' ')[2] ?? '?'), 'no key is shown');
    writeFileSync(kek, `${old}\n`);
    await assert.rejects(startServer(folder), /secrets\.kek_unknown/);
    writeFileSync(kek, `${fresh}\n`);
    assert.equal(await (await startServer(folder)).stop(), 0);
    const { schema, current, unchanged } = JSON.parse((await assay(folder, [...REWRAP, '--json'])).stdout);
    assert.deepEqual([schema, current, unchanged.key], ['assay.keys.rewrap/1', fresh.split(' ')[1], 4]);
  });

  it('makes no installation where none is, and takes no operand', async () => {
    const { code, stderr } = await inProcess([...REWRAP, '--data', createFolder()]);
    assert.equal(code, 5);
    assert.match(stderr, /\(server\.database_missing\)/);
    assert.equal((await inProcess([...REWRAP, 'now'])).code, 2);
  });
});
