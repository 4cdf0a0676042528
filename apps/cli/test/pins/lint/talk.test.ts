import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createFolder, inProcess } from '../../support/assay.ts';

const ESCAPE = '\u001b[31m';
const PIN = 'IH0oxHI46J7uM9kkm9vr64Ddm2qrmu0F3/JP54PLwMA=';
const MENDABLE = `<network-security-config><domain-config><domain> Example.com. </domain>
<pin-set><pin digest="SHA-256">sha256/${PIN}</pin></pin-set></domain-config></network-security-config>`;
const BASELINE = JSON.stringify({ schema: 'assay.pins.baseline/1', findings: [`P001 ${ESCAPE} -  #1`] });

describe('what assay pins lint talks about', () => {
  it('commands no terminal, whatever files are called and say', async () => {
    const folder = createFolder({ [`${ESCAPE}.xml`]: MENDABLE, 'base.json': BASELINE });
    const options = ['--fix', '--baseline', join(folder, 'base.json'), '--now', '2026-11-21T00:00:00Z'];
    const { stdout, stderr } = await inProcess(['pins', 'lint', folder, ...options], { cwd: '/elsewhere' });
    assert.match(stderr, /edits? made/);
    assert.match(stderr, /no longer found/);
    assert.ok(!`${stdout}${stderr}`.includes('\u001b'));
  });

  it('ends with where to read on, when there is a finding', async () => {
    const folder = createFolder({ 'a.xml': MENDABLE, 'b.xml': '<network-security-config/>' });
    const lint = (name: string) => inProcess(['pins', 'lint', join(folder, name)]);
    assert.match((await lint('a.xml')).stdout, /assay pins rules [A-Z]\d{3}\n$/);
    assert.equal((await lint('b.xml')).stdout, '');
  });
});
