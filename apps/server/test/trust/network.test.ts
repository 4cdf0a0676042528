import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createNetwork } from '../../src/trust/network.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-network-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('createNetwork', () => {
  it('reads files by their addresses', async () => {
    const path = join(folder, 'a file');
    writeFileSync(path, 'text');
    const response = await createNetwork()(new Request(pathToFileURL(path)));
    assert.deepEqual([response.status, await response.text()], [200, 'text']);
    assert.equal(response.headers.get('cache-control'), 'max-age=60');
  });

  it('has no answer for a file that is not there, nor for a folder', async () => {
    for (const path of [join(folder, 'none'), folder]) {
      await assert.rejects(createNetwork()(new Request(pathToFileURL(path))));
    }
  });

  it('leaves everything else to the network', async () => {
    const network = createNetwork(async ({ url }) => new Response(url));
    assert.equal(await (await network(new Request('https://example.com/'))).text(), 'https://example.com/');
  });
});
